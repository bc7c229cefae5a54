/** A Compose file as it was read: block by block, so that an edit costs what it touches and not what the file holds. */
import type { Place, Source } from '../core/source.ts';
import { type Lines, linesOf } from '../core/span.ts';
import { type BlockKind, type Column, cut, type Cuts, OUTSIDE } from './blocks.ts';
import { mapValue } from './make.ts';
import type { Anchors, Read } from './read.ts';
import { readFast } from './reader.ts';
import { sameEnd, sameStart } from './same-text.ts';
import { type Style, styleOf } from './style.ts';
import { readDocuments, readSlow } from './tree.ts';
import type { Entry, Value } from './value.ts';

export interface ParsedFile {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** In order, without gaps. Blocks that an edit did not touch are those of the file before it. */
  readonly blocks: readonly Block[];
  /** The root of each document; comments alone are none. */
  readonly documents: readonly Value[];
  /** Syntax errors; the documents are what could be read in spite of them. */
  readonly problems: readonly Located[];
  readonly style: Style;
  /** What an alias or a merge key refers to: an edit there changes more than one place. */
  readonly shared: ReadonlySet<Value>;
}

export interface Located extends Place {
  readonly message: string;
}

export interface Block {
  readonly kind: BlockKind;
  readonly source: Source;
  /** Where the cutter stood at its start. */
  readonly column: Column;
  readonly read: Read;
  /** Of its source; counted when first asked. */
  readonly lines: () => Lines;
}

/** Reads a file. With what was read of it before, only the blocks that differ are read again. Never throws. */
export function parseFile(file: string, text: string, before?: ParsedFile): ParsedFile {
  const same = before?.file === file ? before : undefined;
  if (same?.text === text) return same;
  const drafts = (same && draftsAfter(file, text, same)) ?? draftsOf(file, text);
  const blocks = readBlocks(drafts);
  return blocks.length === 0 || isTorn(blocks)
    ? wholeFile(file, text)
    : assemble(file, text, blocks);
}

/** A block to be read; or one that was read before the edit. */
type Draft = Block | Pick<Block, 'kind' | 'source' | 'column'>;

/** None where the text cannot be cut. */
function draftsOf(file: string, text: string): readonly Draft[] {
  const cuts = cut(text, 0, text.length, OUTSIDE)?.cuts ?? [];
  return cuts.map(({ kind, column, start, end }) => ({
    kind,
    column,
    source: { file, text: text.slice(start, end) },
  }));
}

/** The blocks of an edited text: those before and behind the edit are kept, what lies between is cut anew. */
function draftsAfter(
  file: string,
  text: string,
  { text: before, blocks: old }: ParsedFile,
): readonly Draft[] | undefined {
  if (old[0]?.kind === 'whole') return undefined;
  const atStart = sameStart(before, text);
  const { head, start } = keptBefore(old, atStart);
  const { tail, end } = keptBehind(text, old, sameEnd(before, text, atStart));
  const found = cut(text, start, end, old[head]?.column ?? OUTSIDE);
  if (!found || !fits(found, old[tail])) return undefined;
  const last = tail - 1 > head ? old[tail - 1] : undefined;
  const middle = found.cuts.map((one, index): Draft => {
    const known = index === 0 ? old[head] : index === found.cuts.length - 1 ? last : undefined;
    const { kind, column } = one;
    const own = text.slice(one.start, one.end);
    if (known && isCut(known, one) && known.source.text === own) return known;
    return { kind, column, source: { file, text: copied(own) } };
  });
  return [...old.slice(0, head), ...middle, ...old.slice(tail)];
}

/** What was a block may have become a comment, which belongs to a block that was not looked at. */
function fits({ cuts, column, endsAbove }: Cuts, next: Block | undefined): boolean {
  return cuts.length > 0 && (!next || (!endsAbove && next.column === column));
}

const isCut = (block: Block, { kind, column }: Pick<Block, 'kind' | 'column'>): boolean =>
  block.kind === kind && block.column === column;

/** How many blocks stand unchanged at the start, but for the last of them: a line may have joined it. */
function keptBefore(
  old: readonly Block[],
  same: number,
): { readonly head: number; readonly start: number } {
  let head = 0;
  let start = 0;
  for (const { source } of old) {
    const end = start + source.text.length;
    if (end > same) break;
    head++;
    start = end;
  }
  return head === 0
    ? { head, start }
    : { head: head - 1, start: start - (old[head - 1]?.source.text.length ?? 0) };
}

/** From which block on all is unchanged, but for the first of them: comments above it may have joined it. */
function keptBehind(
  text: string,
  old: readonly Block[],
  same: number,
): { readonly tail: number; readonly end: number } {
  let tail = old.length;
  let end = text.length;
  for (; tail > 0; tail--) {
    const start = end - (old[tail - 1]?.source.text.length ?? 0);
    if (start < text.length - same) break;
    end = start;
  }
  return tail === old.length
    ? { tail, end }
    : { tail: tail + 1, end: end + (old[tail]?.source.text.length ?? 0) };
}

/** A piece of a text keeps the whole text in memory; a copy of it does not. */
function copied(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function readBlocks(drafts: readonly Draft[]): readonly Block[] {
  const anchors = new Map<string, Value>();
  const outer: Anchors = (name) => anchors.get(name);
  return drafts.map((draft) => {
    const block = 'read' in draft && holds(draft.read, outer) ? draft : blockOf(draft, outer);
    if (block.read.defined.size > 0)
      for (const [name, value] of block.read.defined) anchors.set(name, value);
    return block;
  });
}

/** Whether the anchors that were used still stand for what they stood for. */
function holds({ used }: Read, outer: Anchors): boolean {
  if (used.size === 0) return true;
  for (const [name, value] of used) if (outer(name) !== value) return false;
  return true;
}

function blockOf(draft: Draft, outer: Anchors): Block {
  const { kind, column } = draft;
  // A block that is read again for its anchors is a new source: what was derived from the old one no longer counts.
  const source = 'read' in draft ? { ...draft.source } : draft.source;
  const read = readFast(source, outer) ?? readSlow(source, outer);
  const told = inside(source, checked(kind, read));
  return { kind, column, source, read: told, lines: linesWhenAsked(source) };
}

/** What is missing at the end of a block is told at its last character, and not in what follows it. */
function inside({ text }: Source, read: Read): Read {
  if (read.problems.length === 0) return read;
  const end = text.trimEnd().length;
  const problems = read.problems.map(({ message, span }) => ({
    message,
    span: span.start < end ? span : { start: Math.max(0, end - 1), end },
  }));
  return { ...read, problems };
}

function linesWhenAsked({ text }: Source): () => Lines {
  let lines: Lines | undefined;
  return () => (lines ??= linesOf(text));
}

const NO_COLON = 'Here a key and a colon are expected, such as web:';

/** A block is one key with what is below it. Until its colon is typed it is a text. */
function checked(kind: BlockKind, read: Read): Read {
  if (kind === 'whole' || read.problems.length > 0) return read;
  if (read.root?.kind === 'map') return read;
  const problem = { message: NO_COLON, span: read.root?.span ?? { start: 0, end: 0 } };
  return { ...read, problems: [problem] };
}

/** Whether what one block leaves open goes on in the next: then only the whole text makes sense. */
function isTorn(blocks: readonly Block[]): boolean {
  return blocks.some(
    ({ read }, index) =>
      read.problems.length > 0 && (blocks[index + 1]?.read.problems.length ?? 0) > 0,
  );
}

function wholeFile(file: string, text: string): ParsedFile {
  const source = { file, text };
  const fast = readFast(source, () => undefined);
  const { roots, ...read } = fast
    ? { roots: fast.root ? [fast.root] : [], ...fast }
    : readDocuments(source);
  const block: Block = {
    kind: 'whole',
    column: OUTSIDE,
    source,
    read: { root: roots[0], ...read },
    lines: linesWhenAsked(source),
  };
  return {
    file,
    text,
    blocks: [block],
    documents: roots,
    problems: read.problems.map((problem) => ({ ...problem, source })),
    style: styleOf(text),
    shared: new Set(read.targets),
  };
}

/** One document out of the entries of its blocks. */
function assemble(file: string, text: string, blocks: readonly Block[]): ParsedFile {
  const problems: Located[] = [];
  const shared = new Set<Value>();
  for (const { source, read } of blocks) {
    for (const problem of read.problems) problems.push({ ...problem, source });
    for (const target of read.targets) shared.add(target);
  }
  const [header] = entriesOf(blocks, (kind) => kind === 'services');
  const top = entriesOf(blocks, (kind) => kind !== 'service');
  const services = entriesOf(blocks, (kind) => kind === 'service');
  problems.push(...twins(top), ...twins(services));
  const root = header && services.length > 0 ? filled(top, header, services) : top;
  const [first] = blocks;
  const documents = first ? [mapValue({ source: first.source, span: NOWHERE }, root)] : [];
  return { file, text, blocks, documents, problems, style: styleOf(text), shared };
}

function entriesOf(
  blocks: readonly Block[],
  isWanted: (kind: BlockKind) => boolean,
): readonly Entry[] {
  const entries: Entry[] = [];
  for (const { kind, read } of blocks)
    if (isWanted(kind) && read.root?.kind === 'map') entries.push(...read.root.entries);
  return entries;
}

/** Of a mapping that is spread over blocks. */
const NOWHERE = { start: 0, end: 0 };

function filled(
  top: readonly Entry[],
  header: Entry,
  services: readonly Entry[],
): readonly Entry[] {
  const value = mapValue({ source: header.source, span: NOWHERE }, services);
  return top.map((entry) => (entry === header ? { ...entry, value } : entry));
}

/** The same key in two blocks. */
function twins(entries: readonly Entry[]): readonly Located[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key, source, keySpan }) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ message: DUPLICATE, source, span: keySpan }];
  });
}

const DUPLICATE = 'Map keys must be unique';
