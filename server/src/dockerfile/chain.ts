/** Adds a command to the end of a `&&` chain in a RUN. */
import type { Edit } from '../core/edit.ts';
import { eolOf, lineStart } from '../core/span.ts';
import type { DockerfileModel, Instruction } from './model.ts';
import type { ShellCommand } from './shell.ts';

/**
 * Behind the last command of the chain that a command stands in, on a line of its own where the chain has one command a
 * line. Undefined where that is not sure to run when the command has succeeded, or where the RUN is a heredoc script.
 */
export function appendToChain(
  { text, escape }: Pick<DockerfileModel, 'text' | 'escape'>,
  { heredocs }: Instruction,
  commands: readonly ShellCommand[],
  { command, script }: { readonly command: ShellCommand; readonly script: string },
): Edit | undefined {
  const isPlain = commands.every(({ depth, conditional }) => depth === 0 && !conditional);
  if (heredocs.length > 0 || !isPlain) return undefined;
  const behind = commands.slice(commands.indexOf(command) + 1);
  // Another operator gives what follows a meaning that only a person knows.
  if (behind.some(({ before }) => before !== '&&')) return undefined;
  const last = behind.at(-1) ?? command;
  const at = last.end;
  const eol = eolOf(text);
  const line = text.slice(lineStart(text, last.operatorAt), last.operatorAt);
  const ownLine = last.before === '&&' && line.trim() === '';
  const join = ownLine ? ` ${escape}${eol}${line}&& ` : ' && ';
  return { span: { start: at, end: at }, newText: join + script };
}
