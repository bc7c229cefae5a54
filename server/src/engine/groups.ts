/** Findings block by block: what an unchanged block says is kept as it is, wherever the block has moved to. */
import type { Block } from '../compose/file.ts';
import type { Edit, Fix } from '../core/edit.ts';
import { compareFindings, type Finding } from '../core/finding.ts';
import type { Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';
import { onceEach } from './once.ts';
import type { RootFixes } from './roots.ts';
import type { Raised } from './run.ts';

/** A text that findings are told in: a block of a Compose file, or any other file as one. */
export type Piece = Pick<Block, 'source' | 'lines'>;

/** Pieces that follow one another, together a whole file. */
export interface Pieces {
  readonly blocks: readonly Piece[];
}

/** The findings that start in one block. Their spans, and those of their edits, are offsets in the block. */
export interface Group {
  readonly block: Piece;
  /** Of the block, in the file. */
  readonly offset: number;
  /** The line on which the block starts. */
  readonly line: number;
  /** Sorted. The same list as before where nothing of it has changed. */
  readonly raised: readonly Raised[];
}

/** Where each block of some files starts. */
export type Offsets = (source: Source) => number;

/** Counted when first asked. */
export function offsetsIn(files: readonly Pieces[]): Offsets {
  let offsets: Map<Source, number> | undefined;
  return (source) => (offsets ??= countOffsets(files)).get(source) ?? 0;
}

function countOffsets(files: readonly Pieces[]): Map<Source, number> {
  const offsets = new Map<Source, number>();
  for (const { blocks } of files) {
    let offset = 0;
    for (const { source } of blocks) {
      offsets.set(source, offset);
      offset += source.text.length;
    }
  }
  return offsets;
}

/** Findings that start in one source, sorted. */
export interface Part {
  readonly source: Source;
  readonly raised: readonly Raised[];
}

/** What was raised, source by source; what has none is left out. */
export function partsOf(raised: readonly Raised[]): readonly Part[] {
  const bySource = new Map<Source, Raised[]>();
  for (const one of raised) {
    if (!one.source) continue;
    const list = bySource.get(one.source);
    if (list) list.push(one);
    else bySource.set(one.source, [one]);
  }
  return Array.from(bySource, ([source, list]) => ({ source, raised: list.sort(compareFindings) }));
}

/** Parts by the block in which they start; blocks of other files are left out. */
export function groupsOf(file: Pieces, parts: Iterable<Part>): readonly Group[] {
  const bySource = new Map<Source, readonly Raised[]>();
  const mixed = new Map<Source, Raised[]>();
  for (const { source, raised } of parts) {
    const known = bySource.get(source);
    const joined = mixed.get(source);
    if (joined) for (const one of raised) joined.push(one);
    else if (known) mixed.set(source, [...known, ...raised]);
    else bySource.set(source, raised);
  }
  for (const [source, list] of mixed) bySource.set(source, onceEach(list.sort(compareFindings)));
  const groups: Group[] = [];
  let offset = 0;
  let line = 0;
  for (const block of file.blocks) {
    const raised = bySource.get(block.source);
    if (raised && raised.length > 0) groups.push({ block, offset, line, raised });
    offset += block.source.text.length;
    line += block.lines().count - 1;
  }
  return groups;
}

/** What it takes to say where findings and their edits are. */
export interface Placing {
  readonly offsets: Offsets;
  readonly fixes: RootFixes | undefined;
}

/** In offsets of the file, with edits that name their files. */
export function absolute(
  { offset }: Pick<Group, 'offset'>,
  one: Raised,
  { offsets, fixes }: Placing,
): Finding {
  const { rule, severity, message, service, fix, source } = one;
  const span = moved(one.span, offset);
  // There may be very many findings, and spreading optional properties is slow.
  const finding: { -readonly [Key in keyof Finding]: Finding[Key] } = {
    rule,
    severity,
    message,
    span,
  };
  if (service !== undefined) finding.service = service;
  if (fix) finding.fix = absoluteFix(fix, source, offsets);
  if (!fixes || service === undefined) return finding;
  return {
    ...finding,
    get alternatives() {
      return fixes(one).map((fixed) => absoluteFix(fixed, source, offsets));
    },
  };
}

function absoluteFix<F extends Fix>(fix: F, own: Source | undefined, offsets: Offsets): F {
  return { ...fix, edits: fix.edits.map((edit) => absoluteEdit(edit, own, offsets)) };
}

function absoluteEdit(edit: Edit, own: Source | undefined, offsets: Offsets): Edit {
  const { source, ...rest } = edit;
  // An edit that names a file is about the whole of it.
  if (edit.file !== undefined) return rest;
  const at = source ?? own;
  const file = at && own && at.file !== own.file ? { file: at.file } : {};
  return { ...rest, ...file, span: moved(edit.span, at ? offsets(at) : 0) };
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
