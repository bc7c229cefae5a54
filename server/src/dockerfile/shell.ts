/** A shell script as the commands that it runs, as far as that can be told without running it. */

export interface ShellCommand {
  /** Without the quotes around them; empty only where an operator follows an operator. */
  readonly words: readonly ShellWord[];
  /** What stands before it: an operator, a line end, or nothing for the first. */
  readonly before: string;
  /** Offset of that in the script. */
  readonly operatorAt: number;
  /** How many parentheses it stands in. */
  readonly depth: number;
}

export interface ShellWord {
  readonly text: string;
  /** Offsets in the script, quotes included. */
  readonly start: number;
  readonly end: number;
}

/**
 * In this order: a continued line, a line that is a comment, which ends no command in a Dockerfile, another comment, texts in quotes, commands whose output is a word, escapes, redirections,
 * operators, white space, and all else.
 */
const TOKEN =
  /[\\`]\r?\n|^[ \t]*#[^\n]*\n?|(?<![^\s;&|(])#[^\n]*|'[^']*'?|"(?:\\[^]|[^"\\])*"?|\$\((?:[^()]|\([^()]*\))*\)?|`[^`]*`?|\\[^]|\d*[<>]+&?|&>+|&&|\|\||;;|[;&|\n()]|\s|[^\s;&|()'"\\$`<>]+|[^]/gm;

const OPERATOR = /^(&&|\|\||;;|[;&|\n()])$/;

/** Every command, those in parentheses too; what stands in quotes or in `$(…)` is a word and none of them. Linear. */
export function commandsOf(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: ShellWord[] = [];
  let opened = { before: '', operatorAt: 0, depth: 0 };
  let isOpen = false;
  const close = (before: string, operatorAt: number): void => {
    if (words.length > 0) commands.push({ words, ...opened });
    words = [];
    isOpen = false;
    const depth = opened.depth + (before === '(' ? 1 : before === ')' ? -1 : 0);
    opened = { before, operatorAt, depth: Math.max(0, depth) };
  };
  for (const { 0: token, index } of script.matchAll(TOKEN)) {
    if (OPERATOR.test(token)) close(token, index);
    else if (isSpace(token)) isOpen = false;
    else {
      const last = isOpen ? words.pop() : undefined;
      const start = last?.start ?? index;
      words.push({ text: (last?.text ?? '') + bare(token), start, end: index + token.length });
      isOpen = true;
    }
  }
  close('', script.length);
  return commands;
}

const isSpace = (token: string): boolean => /^([\\`]\r?\n|[ \t]*#[^]*|\s)$/.test(token);

function bare(token: string): string {
  const quote = token.charAt(0);
  if (quote !== "'" && quote !== '"') return token;
  return token.slice(1, token.length > 1 && token.endsWith(quote) ? -1 : undefined);
}

/** Words that stand in front of a program without being one. */
const PREFIX =
  /^(\w+=.*|!|\{|if|then|else|elif|while|until|do|exec|command|env|nice|time|sudo|-[a-zA-Z]+)$/;

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

/** The commands of a RUN instruction's arguments; none for those in the form of a list, which no shell reads. */
export const commandsOfRun = (argumentText: string): readonly ShellCommand[] =>
  argumentText.trimStart().startsWith('[') ? [] : commandsOf(argumentText);

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
  const packages = rest.slice(verb + 1).filter(({ text }) => !/^[-<>]|^\d*[<>]/.test(text));
  return { does: /^(install|add)$/.test(rest[verb]?.text ?? '') ? 'install' : 'remove', packages };
}
