/** What texts have to look like where Compose reads more out of them than their type. */
import { parseDuration } from '../canonical/duration.ts';
import { parseSize } from '../canonical/size.ts';
import { splitWords } from '../canonical/words.ts';
import { portProblem } from './port.ts';

export type Format =
  | 'boolean'
  | 'whole'
  | 'natural'
  | 'number'
  | 'bytes'
  | 'duration'
  | 'mode'
  | 'count'
  | 'words'
  | 'host'
  | 'device'
  | 'mount'
  | 'port'
  | 'filled';

interface Reading {
  /** What is expected, to be read behind "must be". */
  readonly expected: string;
  /** Undefined where a text is read without complaint; else what is wrong with it, or nothing more than that it is. */
  readonly problem: (text: string) => string | undefined;
}

const WRONG = '';

const like =
  (pattern: RegExp): Reading['problem'] =>
  (text) =>
    pattern.test(text) ? undefined : WRONG;

export const formats: Readonly<Record<Format, Reading>> = {
  boolean: {
    expected: 'true or false',
    problem: like(/^(y|yes|true|on|n|no|false|off)$/i),
  },
  whole: { expected: 'a whole number, such as 2', problem: like(/^[-+]?\d+$/) },
  natural: {
    expected: 'a whole number that is not negative, such as 3',
    problem: like(/^\+?\d+$/),
  },
  number: {
    expected: 'a number, such as 0.5',
    problem: like(/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i),
  },
  bytes: {
    expected: 'a size, such as 512m',
    problem: (text) => (parseSize(text) === undefined ? WRONG : undefined),
  },
  duration: {
    expected: 'a duration, such as 1m30s',
    problem: (text) => {
      if (parseDuration(text) !== undefined) return undefined;
      return /^\d+$/.test(text) ? `${text} has no unit; ${text}s are seconds` : WRONG;
    },
  },
  mode: { expected: 'a file mode, such as 0440', problem: like(/^\+?\d+$/) },
  count: { expected: 'a whole number or all', problem: like(/^([-+]?\d+|all)$/i) },
  words: {
    expected: 'a command line or a list of its words',
    problem: (text) =>
      splitWords(text) === undefined
        ? 'a quote is not closed, or a backslash ends it; write a list, such as ["sh", "-c", "…"]'
        : undefined,
  },
  host: { expected: 'a name and an address, such as "db:10.0.0.5"', problem: like(/[:=]/) },
  device: {
    expected: 'a device, such as "/dev/ttyUSB0:/dev/ttyUSB0:rwm"',
    problem: like(/^([^:]*:){0,2}[^:]*$/),
  },
  mount: { expected: 'a mount, such as "data:/var/lib/data"', problem: mountProblem },
  port: {
    expected: 'a port, such as "8080:80"',
    problem: portProblem,
  },
  filled: { expected: 'a path', problem: like(/./s) },
};

/** A single letter before a colon is a Windows drive, and no part of its own. */
function mountProblem(text: string): string | undefined {
  if (text === '') return WRONG;
  // So short a text is taken for a target, whatever it holds.
  if (text.length <= 2) return undefined;
  const parts = text.split(':');
  if (parts.includes('')) return 'a part of it is empty';
  const drives = parts.slice(0, -1).filter((part) => /^[a-z]$/i.test(part)).length;
  return parts.length - drives > 3 ? 'it has more than three parts' : undefined;
}
