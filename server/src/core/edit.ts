/** Minimal edits, and a text on which they are carried out without touching any other byte. */
import type { Source } from './source.ts';
import type { Span } from './span.ts';

export interface Edit {
  readonly span: Span;
  readonly newText: string;
  /** Absolute path of another file than the finding's own; one that does not exist is created. */
  readonly file?: string;
  /** As long as it has not left the engine: what `span` is an offset in; without it, the source of its finding. */
  readonly source?: Source;
}

/** `safe`: the stack means and does the same, plus what was missing. `unsafe`: a person has to answer or look first. */
export type Safety = 'safe' | 'unsafe';

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
  /** What a person has to supply after this fix, as a sentence; absent where nothing is owed. */
  readonly answer?: string;
}

/** A fix at the root: where what several services have in common is written. */
export interface SharedFix extends Fix {
  /** Names of the services that it would fix. */
  readonly services: readonly string[];
  /** It does what the fixes of those services would do, and nothing to any other service. */
  readonly isWhole: boolean;
}

/** A piece of the text under edit: a span of the original, or text that an edit brought. */
type Piece = Span | string;

const lengthOf = (piece: Piece): number =>
  typeof piece === 'string' ? piece.length : piece.end - piece.start;

/**
 * A text that edits are applied to step by step, while it remembers what of the original is left, so that many rounds of
 * edits come out as one list of minimal edits of the original.
 */
export interface EditedText {
  readonly text: string;
  /** Edits in offsets of {@link EditedText.text}; they must not overlap. */
  readonly apply: (edits: readonly Edit[]) => EditedText;
  /** All that was done, as edits of the original text, in order, not overlapping. */
  readonly edits: () => readonly Edit[];
}

export function editedText(
  original: string,
  pieces: readonly Piece[] = [{ start: 0, end: original.length }],
): EditedText {
  const text = pieces
    .map((piece) => (typeof piece === 'string' ? piece : original.slice(piece.start, piece.end)))
    .join('');
  return {
    text,
    apply: (edits) => editedText(original, replaced(pieces, edits)),
    edits: () => collect(pieces, original.length),
  };
}

/** Carries out edits that do not overlap on a text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return editedText(text).apply(edits).text;
}

/** Two edits cannot both be carried out when they share text, or stand at the very same place. */
export function conflicts(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  if (a.span.start === b.span.start) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/** Edits that go together, in logarithmic time each: of those that are in, only the two neighbours can be in the way. */
export interface EditSet {
  /** Takes all of these edits, or none where one of them conflicts with what is in. */
  readonly add: (edits: readonly Edit[]) => boolean;
}

export function editSet(): EditSet {
  const byFile = new Map<string | undefined, Edit[]>();
  return {
    add: (edits) => {
      const fits = edits.every((edit) => {
        const list = byFile.get(edit.file) ?? [];
        const at = placeFor(list, edit);
        return [list[at - 1], list[at]].every(
          (neighbour) => !neighbour || !conflicts(neighbour, edit),
        );
      });
      if (fits) {
        for (const edit of edits) {
          const list = byFile.get(edit.file) ?? [];
          byFile.set(edit.file, list);
          list.splice(placeFor(list, edit), 0, edit);
        }
      }
      return fits;
    },
  };
}

/** The index of the first edit that does not start before this one. */
function placeFor(list: readonly Edit[], { span }: Edit): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.span.start ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One pass over the pieces, whatever the number of edits. */
function replaced(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const next: Piece[] = [];
  const rest = pieces[Symbol.iterator]();
  let piece: Piece | undefined = rest.next().value;
  let offset = 0;
  /** Moves on to an offset of the text; what lies before it is kept or left out. */
  const advance = (to: number, keep: boolean): void => {
    while (piece !== undefined && offset < to) {
      const length = lengthOf(piece);
      const taken = Math.min(length, to - offset);
      if (keep) next.push(cut(piece, 0, taken));
      offset += taken;
      piece = taken < length ? cut(piece, taken, length) : rest.next().value;
    }
  };
  for (const { span, newText } of sorted) {
    advance(span.start, true);
    if (newText !== '') next.push(newText);
    advance(span.end, false);
  }
  advance(Infinity, true);
  return next;
}

function cut(piece: Piece, from: number, to: number): Piece {
  return typeof piece === 'string'
    ? piece.slice(from, to)
    : { start: piece.start + from, end: piece.start + to };
}

function collect(pieces: readonly Piece[], length: number): Edit[] {
  const edits: Edit[] = [];
  let done = 0;
  let newText = '';
  for (const piece of [...pieces, { start: length, end: length }]) {
    if (typeof piece === 'string') {
      newText += piece;
      continue;
    }
    if (newText !== '' || piece.start > done)
      edits.push({ span: { start: done, end: piece.start }, newText });
    done = piece.end;
    newText = '';
  }
  return edits;
}
