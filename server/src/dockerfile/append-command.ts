/** Adds a command to the end of a RUN, written as the chain is written that ends there. */
import type { Edit } from '../core/edit.ts';
import { eolOf, lineStart } from '../core/span.ts';
import type { DockerfileModel } from './model.ts';
import type { Run } from './runs.ts';
import type { ShellCommand } from './shell.ts';

/**
 * Adds `&& added` behind the chain in which the command stands, where that chain ends the RUN and each of its commands
 * runs for certain; else undefined.
 */
export function appendToChain(
  model: DockerfileModel,
  { instruction, commands }: Run,
  from: number,
  added: string,
): Edit | undefined {
  const chain = commands.slice(from);
  const last = chain.at(-1);
  if (!last || !chain.every((command, index) => isCertain(command, index > 0))) return undefined;
  const written = Math.max(last.end, ...last.redirects.map((redirect) => redirect.end));
  // In a script that is given as it is, the first half of a line end belongs to the last word.
  const end = model.text[written - 1] === '\r' ? written - 1 : written;
  const isInput = instruction.heredocs.some(({ contentSpan }) => end <= contentSpan.start);
  // What closes a block may follow, the word that ends a script, a comment; anything else nobody has looked at.
  const rest = model.text.slice(end, instruction.span.end);
  if (isInput || !/^[\s;]*(\S*|#.*)\s*$/.test(rest)) return undefined;
  const joint =
    instruction.heredocs.length > 0 ? ' && ' : jointOf(model, commands, lineStart(model.text, end));
  return { span: { start: end, end }, newText: joint + added };
}

function isCertain(
  { before, depth, conditional, negated }: ShellCommand,
  isLater: boolean,
): boolean {
  if (depth > 0 || conditional || negated) return false;
  return !isLater || /^(&&|\||\|&)$/.test(before);
}

/** How the commands of the chain are joined: one a line with the operator in front or behind, or all in one line. */
function jointOf(
  { text, escape }: DockerfileModel,
  commands: readonly ShellCommand[],
  lastLine: number,
): string {
  const wrap = escape + eolOf(text);
  const joined = commands.findLast(({ before }) => before === '&&');
  if (joined) {
    const { operatorAt, start } = joined;
    const inFront = text.slice(lineStart(text, operatorAt), operatorAt);
    if (inFront.trim() === '') return ` ${wrap}${inFront}&& `;
    if (text.slice(operatorAt, start).includes('\n'))
      return ` && ${wrap}${indentation(text, start)}`;
  }
  const first = joined ?? commands[0];
  const isOneLine = !first || lastLine <= first.start;
  return isOneLine ? ' && ' : ` ${wrap}${indentation(text, lastLine)}&& `;
}

function indentation(text: string, at: number): string {
  return /[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}
