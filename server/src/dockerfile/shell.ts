/** Shell scripts as the commands that they run, as far as that can be told without running them. */
import type { Heredoc } from './lines.ts';
import { type ParsedCommand, type ParsedWord, simpleCommands } from './shell-parser.ts';
import { type Code, listIn } from './words.ts';

export type ShellWord = ParsedWord;

export interface ShellCommand extends ParsedCommand {
  /** What stands before it: an operator, a line end, or nothing for the first and behind words such as `then`. */
  readonly before: string;
  /** Offset of that in the script. */
  readonly operatorAt: number;
}

/** Every command in its order, those in subshells too; what stands in quotes or in `$(…)` is a word and none of them. */
export function commandsOf(script: string): readonly ShellCommand[] {
  return commandsIn(asShellReads(script), 0);
}

/** As much of an instruction as its script takes. */
interface Scripted {
  readonly keyword: string;
  readonly code: Code;
  readonly heredocs: readonly Heredoc[];
  /** See `Instruction` in `model.ts`. */
  readonly arguments: string;
}

/** The commands of a RUN instruction, in offsets of the file: read when first asked for. */
export const commandsOfRun = (instruction: {
  readonly commands: () => readonly ShellCommand[];
}): readonly ShellCommand[] => instruction.commands();

/** None for other instructions, and for a list, which no shell reads. */
export function readCommands(instruction: Scripted): readonly ShellCommand[] {
  const { keyword, code, heredocs, arguments: written } = instruction;
  if (keyword !== 'RUN' || listIn(code)) return [];
  const [heredoc] = heredocs;
  // `RUN <<EOF` runs what follows; any other command is given it.
  const isScript = heredoc && code.code.replace(/<<-?\S+/g, '').trim() === '';
  if (!isScript)
    return commandsIn(
      asShellReads(code.code, code.escape) + written.slice(code.code.length),
      code.start,
    );
  const { start, end } = heredoc.contentSpan;
  const script = written.slice(start - code.start, end - code.start);
  return commandsIn(script.replaceAll('\r\n', ' \n'), start);
}

function commandsIn(script: string, start: number): readonly ShellCommand[] {
  return simpleCommands(script)
    .filter(({ words }) => words.length > 0)
    .map((command) => {
      const { before, at } = operatorBefore(script, command.start);
      if (start === 0) return { ...command, before, operatorAt: at };
      return {
        ...command,
        before,
        operatorAt: at + start,
        start: command.start + start,
        end: command.end + start,
        words: command.words.map((word) => moved(word, start)),
        redirects: command.redirects.map((word) => moved(word, start)),
      };
    });
}

const moved = (word: ShellWord, by: number): ShellWord => ({
  ...word,
  start: word.start + by,
  end: word.end + by,
});

const BEFORE = /(&&|\|\||\|&|;;|[;&|(])?([ \t\n]|\\\n)*$/;

/** The operator in front of an offset; a line end alone separates commands, too. */
function operatorBefore(
  script: string,
  start: number,
): { readonly before: string; readonly at: number } {
  const from = Math.max(0, start - FARTHEST);
  const { 0: all, 1: operator, index } = BEFORE.exec(script.slice(from, start)) ?? none;
  if (operator !== undefined) return { before: operator, at: from + index };
  const newline = all.search(/(?<!\\)\n/);
  const isFirst = script.slice(0, from + index).trim() === '';
  return newline < 0 || isFirst
    ? { before: '', at: start }
    : { before: '\n', at: from + index + newline };
}

const none = { 0: '', 1: undefined, index: 0 };

/** Nobody leaves more space than this between an operator and a command. */
const FARTHEST = 400;

const LINES = {
  '\\': /\\([ \t]*)(\r?)\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)/g,
  '`': /`([ \t]*)(\r?)\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)/g,
} as const;

/**
 * As long as before: continuations as a shell knows them, and without the comments and blank lines between continued
 * lines, which Docker takes out.
 */
function asShellReads(script: string, escape: '\\' | '`' = '\\'): string {
  if (!script.includes('\n')) return script;
  return script
    .replace(
      LINES[escape],
      (_all, space: string, cr: string, rest: string) =>
        `${space}${cr && ' '}\\\n${' '.repeat(rest.length)}`,
    )
    .replaceAll('\r\n', ' \n');
}

/** Words that stand in front of a program without being one. */
const PREFIX = /^(\w+=.*|exec|command|env|nice|time|sudo|-[a-zA-Z]+)$/;

/** The program that a command runs and what it is given; undefined where it only sets something. */
export function programIn(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  if (words[0]?.text === 'set') return undefined;
  const at = words.findIndex(({ text }) => !PREFIX.test(text));
  if (at < 0) return undefined;
  // `timeout 5 curl …` runs curl.
  const isTimed = /^(timeout|gtimeout)$/.test(words[at]?.text ?? '');
  if (!isTimed) return words.slice(at);
  const timed = words.findIndex(
    ({ text }, index) => index > at && !/^(-.*|[\d.]+[smhd]?)$/.test(text),
  );
  return timed < 0 ? undefined : words.slice(timed);
}

/** Packages that a command asks a package manager to install, or to remove. */
export interface PackageStep {
  readonly does: 'install' | 'remove';
  readonly packages: readonly ShellWord[];
}

export function packageStepOf({ words }: ShellCommand): PackageStep | undefined {
  const [program, ...rest] = programIn(words) ?? [];
  if (!/^(apt-get|apt|aptitude|apk|dnf|microdnf|yum|zypper|tdnf)$/.test(program?.text ?? ''))
    return undefined;
  const verb = rest.findIndex(({ text }) =>
    /^(install|add|remove|purge|del|erase|autoremove)$/.test(text),
  );
  if (verb < 0) return undefined;
  const packages = rest.slice(verb + 1).filter(({ text }) => !text.startsWith('-'));
  return { does: /^(install|add)$/.test(rest[verb]?.text ?? '') ? 'install' : 'remove', packages };
}
