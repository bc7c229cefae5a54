/** Findings block by block: what an unchanged block says is kept as it is, wherever the block has moved to. */
import type { Block } from '../compose/file.ts';
import type { Edit, Fix } from '../core/edit.ts';
import { compareFindings, type Finding } from '../core/finding.ts';
import type { Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';
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

export function offsetsIn(files: Iterable<Pieces>): Offsets {
  const offsets = new Map<Source, number>();
  for (const { blocks } of files) {
    let offset = 0;
    for (const { source } of blocks) {
      offsets.set(source, offset);
      offset += source.text.length;
    }
  }
  return (source) => offsets.get(source) ?? 0;
}

/** What was raised, by the block in which it starts; blocks of other files are left out. */
export function groupsOf(file: Pieces, lists: Iterable<readonly Raised[]>): readonly Group[] {
  const bySource = new Map<Source, readonly Raised[]>();
  for (const list of lists) {
    const [first] = list;
    if (!first) continue;
    if (list.every(({ source }) => source === first.source)) add(bySource, first.source, list);
    else for (const one of list) add(bySource, one.source, [one]);
  }
  const groups: Group[] = [];
  let offset = 0;
  let line = 0;
  for (const block of file.blocks) {
    const raised = bySource.get(block.source);
    if (raised) groups.push({ block, offset, line, raised });
    offset += block.source.text.length;
    line += block.lines().count - 1;
  }
  return groups;
}

function add(
  bySource: Map<Source, readonly Raised[]>,
  source: Source | undefined,
  list: readonly Raised[],
): void {
  if (!source) return;
  const known = bySource.get(source);
  bySource.set(source, known ? [...known, ...list].sort(compareFindings) : list);
}

/** In offsets of the file, with edits that name their files. */
export function absolute(
  { offset }: Pick<Group, 'offset'>,
  { source, ...raised }: Raised,
  offsets: Offsets,
): Finding {
  const { fix, span, ...rest } = raised;
  return {
    ...rest,
    span: moved(span, offset),
    ...(fix && { fix: absoluteFix(fix, source, offsets) }),
  };
}

function absoluteFix(fix: Fix, own: Source | undefined, offsets: Offsets): Fix {
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
