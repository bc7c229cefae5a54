/** Edits that add instructions to a Dockerfile. */
import type { Edit } from '../core/edit.ts';
import { eolOf, lineEnd, lineStart } from '../core/span.ts';
import type { DockerfileModel, Stage } from './model.ts';

/** Instructions that still need what comes before them: what is added has to stand behind the last of these. */
const BUILDS = /^(RUN|COPY|ADD|WORKDIR|SHELL|ONBUILD)$/;

/**
 * Adds lines to a stage in front of the CMD or ENTRYPOINT that ends it, where they bust no layer's cache, or at its end.
 * Comments right above that instruction stay with it. Undefined where the text ends in the middle of an instruction.
 */
export function insertBeforeStart(
  { text, escape }: Pick<DockerfileModel, 'text' | 'escape'>,
  { from, instructions }: Stage,
  lines: readonly string[],
): Edit | undefined {
  const eol = eolOf(text);
  const lastBuild = instructions.findLastIndex(({ keyword }) => BUILDS.test(keyword));
  const start = instructions.find(
    ({ keyword }, index) => index > lastBuild && (keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  );
  if (start) {
    const at = aboveComments(text, lineStart(text, start.span.start));
    return { span: { start: at, end: at }, newText: lines.map((line) => line + eol).join('') };
  }
  const end = lineEnd(text, (instructions.at(-1) ?? from).span.end);
  if (text.slice(0, end).trimEnd().endsWith(escape)) return undefined;
  return { span: { start: end, end }, newText: lines.map((line) => eol + line).join('') };
}

/** The start of the block of comment lines that ends where the given line starts. */
function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const previous = lineStart(text, at - 1 - (text[at - 2] === '\r' ? 1 : 0));
    if (!/^[ \t]*#/.test(text.slice(previous, at))) break;
    at = previous;
  }
  return at;
}
