/** Edits that take instructions out of a Dockerfile. */
import type { Edit } from '../core/edit.ts';
import { lineEnd, lineStart, type Span } from '../core/span.ts';

/** All lines that the span touches, with the end of the last one. */
export function withoutLines(text: string, { start, end }: Span): Edit {
  let next = lineEnd(text, end);
  if (text[next] === '\r') next++;
  if (text[next] === '\n') next++;
  return { span: { start: lineStart(text, start), end: next }, newText: '' };
}
