/** Minimal edits, and a text on which they are carried out without touching any other byte. */
import type { Span } from './span.ts';

export interface Edit {
  readonly span: Span;
  readonly newText: string;
  /** Absolute path of another file than the finding's own; one that does not exist is created. */
  readonly file?: string;
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
    apply: (edits) => {
      let next = pieces;
      for (const edit of [...edits].sort(
        (a, b) => b.span.start - a.span.start || b.span.end - a.span.end,
      )) {
        next = replace(next, edit);
      }
      return editedText(original, next);
    },
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

function replace(pieces: readonly Piece[], { span, newText }: Edit): readonly Piece[] {
  const kept = [...slice(pieces, 0, span.start), newText, ...slice(pieces, span.end, Infinity)];
  return kept.filter((piece) => lengthOf(piece) > 0);
}

function slice(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const found: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const end = offset + lengthOf(piece);
    if (Math.max(from, offset) < Math.min(to, end)) {
      found.push(cut(piece, Math.max(from, offset) - offset, Math.min(to, end) - offset));
    }
    offset = end;
  }
  return found;
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
