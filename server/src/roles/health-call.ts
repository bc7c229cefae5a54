/** What a health check calls, and whether it can work: its program has to be in the image, its port has to answer it. */
import { commandsOf, programIn, type ShellCommand, type ShellWord } from '../dockerfile/shell.ts';

/** A health check as the engine runs it: words, or a script for the shell of the image. */
export type HealthTest =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'script'; readonly script: string };

export interface HealthCall {
  /** The program whose failure fails the check, and what it is given. */
  readonly program: string;
  readonly words: readonly string[];
  /** It needs `/bin/sh`. */
  readonly inShell: boolean;
}

/** Undefined where it is not certain what makes the check fail: an `if`, another try behind `||`. */
export function healthCallOf(test: HealthTest): HealthCall | undefined {
  if (test.kind === 'script') return callIn(test.script);
  const [program, flag, script] = test.words;
  if (program === undefined) return undefined;
  if (/^(\/bin\/)?(ba|a|da)?sh$/.test(program) && /^-\w*c$/.test(flag ?? '') && script)
    return callIn(script);
  return { program, words: test.words, inShell: false };
}

function callIn(script: string): HealthCall | undefined {
  const [first, ...rest] = commandsOf(script);
  if (!first || !isPlain(first)) return undefined;
  if (!rest.every((command) => failsToo(command))) return undefined;
  const words = programIn(first.words)?.map(({ text }) => text);
  return words?.[0] === undefined ? undefined : { program: words[0], words, inShell: true };
}

/** It runs, and its failure is a failure. */
const isPlain = ({ conditional, negated, words }: ShellCommand): boolean =>
  !conditional && !negated && !/^(\[|test)$/.test(words[0]?.text ?? '');

/** Whether the check still fails by this when what stands before it has failed. */
function failsToo({ before, words }: ShellCommand): boolean {
  const [program, argument] = words.map(({ text }: ShellWord) => text);
  if (before === '&&') return true;
  if (before === '||')
    return program === 'false' || program === 'kill' || (program === 'exit' && argument !== '0');
  return before === '|' && /^[ef]?grep$/.test(program ?? '') && !/^-\w*v/.test(argument ?? '');
}

/** What a call asks over HTTP. */
export interface HttpCall {
  readonly host: string;
  readonly port: number;
  /** Which of the call's words says so. */
  readonly index: number;
}

const URL_WORD =
  /^(?:(https?):\/\/)?(?:[^@/]*@)?(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?(?=[/?#]|$)/i;

/** The first address that curl or wget is given; undefined for other programs, and where a variable is in it. */
export function httpCallOf({ program, words }: HealthCall): HttpCall | undefined {
  if (!/(^|\/)(curl|wget)$/.test(program)) return undefined;
  for (const [index, word] of words.entries()) {
    const address = index === 0 ? undefined : addressIn(word);
    if (address) return { ...address, index };
  }
  return undefined;
}

const standardPort = (scheme: string | undefined): number =>
  scheme?.toLowerCase() === 'https' ? 443 : 80;

function addressIn(word: string): Pick<HttpCall, 'host' | 'port'> | undefined {
  if (word.startsWith('-') || word.includes('$')) return undefined;
  const [, scheme, host, port] = URL_WORD.exec(word) ?? [];
  // A bare word may be the value of an option, but not one with a port.
  if (host === undefined || (!scheme && !port && host !== 'localhost')) return undefined;
  return { host: host.toLowerCase(), port: Number(port ?? standardPort(scheme)) };
}

/** Whether an address is the container itself. */
export const isItself = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(host);
