/** Command line arguments → options and operands, by a command's own table. */
import { suggest } from '../config/suggest.ts';
import { failed, ok, type Result } from '../core/result.ts';
import type { ExitCode, Io } from './io.ts';

export interface Option {
  /** Long name without its dashes. */
  readonly name: string;
  /** What its value is called; absent for a switch. */
  readonly value?: string;
  /** The values it takes; absent where any text may stand. */
  readonly values?: readonly string[];
  readonly standard?: string;
  readonly repeatable?: boolean;
  readonly about: string;
}

export interface Command {
  readonly name: string;
  /** What stands after the options, such as `[PATH…]`. */
  readonly operands: string;
  readonly mostOperands: number;
  readonly about: string;
  readonly options: readonly Option[];
  /** Command lines and what they do. */
  readonly examples: readonly (readonly [line: string, about: string])[];
  /** The exit code, or what is wrong with the usage. */
  readonly run: (given: Given, io: Io) => Promise<Result<ExitCode, string>>;
}

export interface Given {
  /** As they were given. */
  readonly argv: readonly string[];
  readonly operands: readonly string[];
  readonly has: (option: string) => boolean;
  /** The value that counts: the last one. */
  readonly value: (option: string) => string | undefined;
  readonly values: (option: string) => readonly string[];
}

/** Takes `--name VALUE`, `--name=VALUE`, switches, operands anywhere, and `--` before operands that begin with a dash. */
export function parseArguments(command: Command, argv: readonly string[]): Result<Given, string> {
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') {
      operands.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const option = readOption(command, word, argv[i + 1]);
    if (!option.ok) return option;
    const { name, value, tookNext } = option.value;
    values.set(name, [...(values.get(name) ?? []), value]);
    if (tookNext) i++;
  }
  // A variable that is not set makes one of these, and the current folder is not what was meant then.
  if (operands.includes('')) {
    return failed(
      `An argument is empty, where ${command.operands} should stand. Is a variable not set?`,
    );
  }
  const surplus = operands[command.mostOperands];
  if (surplus !== undefined) return failed(`"${surplus}" is one argument too many.`);
  return ok({
    argv,
    operands,
    has: (option) => values.has(option),
    value: (option) => values.get(option)?.at(-1),
    values: (option) => values.get(option) ?? [],
  });
}

interface ReadOption {
  readonly name: string;
  readonly value: string;
  readonly tookNext: boolean;
}

function readOption(
  command: Command,
  word: string,
  next: string | undefined,
): Result<ReadOption, string> {
  const [, written = word, attached] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  const option = word.startsWith('--')
    ? command.options.find(({ name }) => name === written)
    : undefined;
  if (!option) return failed(unknownOption(command, word, written));
  if (option.value !== undefined) return readValue(option, attached, next);
  return attached === undefined
    ? ok({ name: option.name, value: '', tookNext: false })
    : failed(`--${option.name} takes no value.`);
}

function readValue(
  { name, value: placeholder = '', values }: Option,
  attached: string | undefined,
  next: string | undefined,
): Result<ReadOption, string> {
  // What looks like an option is one: `--rule --skip X` lacks a value, and `--rule=--skip` says otherwise.
  const value = attached ?? (next?.startsWith('--') ? undefined : next);
  if (value === undefined || value === '') {
    return failed(`--${name} needs a value: --${name} ${placeholder}.`);
  }
  if (values && !values.includes(value)) return failed(unknownValue(values, name, value));
  return ok({ name, value, tookNext: attached === undefined });
}

function unknownOption({ options }: Command, word: string, written: string): string {
  const guess = suggest(written, ['help', ...options.map((option) => option.name)]);
  const hint = guess === undefined ? '' : ` Did you mean --${guess}?`;
  return `there is no option ${word.split('=')[0] ?? word}.${hint}`;
}

function unknownValue(values: readonly string[], name: string, value: string): string {
  const guess = suggest(value, values);
  const hint = guess === undefined ? `It takes ${values.join(', ')}.` : `Did you mean "${guess}"?`;
  return `--${name} does not take "${value}". ${hint}`;
}
