/** `dockwright context`: what a build sends, counted before anything is built. */
import { basename, dirname, join, relative, resolve } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import { diskFacts } from '../../files/disk.ts';
import { type Amount, type Measured, measureContext } from '../../files/measure.ts';
import { type IgnoredContext, ignoredContextOf } from '../../project/ignored-context.ts';
import type { Command, Given } from '../arguments.ts';
import { shownPath } from '../input.ts';
import { exitCodes, type ExitCode, type Io } from '../io.ts';
import { paletteOf, printable } from '../terminal.ts';

export const context: Command = {
  name: 'context',
  operands: '[PATH]',
  mostOperands: 1,
  about:
    'Measure a build context: what is sent, what is largest, and what each line of the ignore file keeps out (default: the current folder).',
  options: [
    {
      name: 'dockerfile',
      value: 'FILE',
      about:
        'The Dockerfile, where it is not the one in the context; its own ignore file goes first.',
    },
    {
      name: 'format',
      value: 'FORMAT',
      values: ['pretty', 'json'],
      standard: 'pretty',
      about: 'How it is written.',
    },
    { name: 'list', about: 'Print the path of every file that is sent instead.' },
  ],
  examples: [
    ['dockwright context', 'Measures the current folder.'],
    [
      'dockwright context . --dockerfile docker/Dockerfile.api',
      'Measures it with docker/Dockerfile.api.dockerignore, if that is there.',
    ],
    ['dockwright context --list | grep -F .env', 'Looks whether settings are sent.'],
  ],
  run,
};

function run(given: Given, io: Io): Promise<Result<ExitCode, string>> {
  return Promise.resolve(print(given, io));
}

function print(given: Given, io: Io): Result<ExitCode, string> {
  const facts = diskFacts();
  const path = resolve(io.cwd, given.operands[0] ?? '.');
  const kind = facts.kindOf(path);
  if (kind === undefined) return failed(`there is nothing at ${shownPath(io.cwd, path)}.`);
  const directory = kind === 'file' ? dirname(path) : path;
  const asked = given.value('dockerfile');
  const usual = kind === 'file' ? path : join(directory, 'Dockerfile');
  const dockerfile = asked === undefined ? usual : resolve(io.cwd, asked);
  const found = ignoredContextOf({ directory, dockerfile }, facts);
  const refused = found.patterns.find(({ problem }) => problem !== undefined);
  if (refused) {
    const where = `${shownPath(io.cwd, found.ignoreFile ?? '')}:${refused.line + 1}`;
    io.err(`${printable(where)} error ${refused.problem ?? ''} Docker refuses the build.\n`);
    return ok(exitCodes.input);
  }
  measure(found, given, io);
  return ok(exitCodes.clean);
}

function measure(found: IgnoredContext, given: Given, io: Io): void {
  const { directory, patterns } = found;
  if (given.has('list')) {
    measureContext(directory, patterns, (path) => {
      io.out(`${printable(path)}\n`);
    });
    return;
  }
  const measured = measureContext(directory, patterns);
  const write = given.value('format') === 'json' ? jsonOf : prettyOf;
  io.out(write(found, measured, io));
}

/** So many entries are shown. */
const MOST = 10;

function jsonOf({ directory, ignoreFile }: IgnoredContext, measured: Measured, io: Io): string {
  const { sent, largest, keptOut, unreadable } = measured;
  const shown = {
    version: 1,
    context: shownPath(io.cwd, directory) || '.',
    ignoreFile: ignoreFile === undefined ? null : shownPath(io.cwd, ignoreFile),
    sent,
    largest: largest.slice(0, MOST),
    keptOut: keptOut.map(({ pattern, files, bytes }) => ({
      line: pattern.line + 1,
      pattern: pattern.text,
      files,
      bytes,
    })),
    unreadable: unreadable.map((path) => shownPath(io.cwd, path)),
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}

function prettyOf(found: IgnoredContext, measured: Measured, io: Io): string {
  const { bold } = paletteOf(io.colors);
  const { sent, largest, keptOut } = measured;
  const by =
    found.ignoreFile === undefined
      ? 'no ignore file'
      : printable(relative(found.directory, found.ignoreFile) || basename(found.ignoreFile));
  const title = `${bold(printable(shownPath(io.cwd, found.directory) || '.'))}: ${amountOf(sent)} (${by})\n`;
  const parts = [
    section(
      'Largest',
      largest.slice(0, MOST).map((one) => [sizeOf(one.bytes), printable(one.path), ofFiles(one)]),
    ),
    section(
      'Kept out',
      keptOut.map((one) => [
        one.files === 0 ? 'nothing' : sizeOf(one.bytes),
        printable(one.pattern.text),
        one.files === 0 ? `line ${one.pattern.line + 1} matches nothing` : ofFiles(one),
      ]),
    ),
    suggestion(found, measured),
  ];
  return [title, ...parts].filter((part) => part !== '').join('\n');
}

function section(title: string, rows: readonly (readonly [string, string, string])[]): string {
  if (rows.length === 0) return '';
  const widest = Math.max(...rows.map(([, name]) => name.length));
  const lines = rows.map(([size, name, rest]) =>
    `  ${size.padStart(9)}  ${name.padEnd(widest)}  ${rest}`.trimEnd(),
  );
  return `${title}\n${lines.join('\n')}\n`;
}

/** What the ignore file would bring that a fix writes. */
function suggestion({ directory, suggested }: IgnoredContext, { sent }: Measured): string {
  if (!suggested) return '';
  const then = measureContext(directory, suggested).sent;
  if (then.bytes >= sent.bytes) return '';
  return `With the ignore file that \`dockwright fix\` writes: ${amountOf(then)}\n`;
}

const amountOf = ({ files, bytes }: Amount): string =>
  `${sizeOf(bytes)} in ${files === 1 ? '1 file' : `${files} files`}`;

const ofFiles = ({ files }: Amount): string => (files === 1 ? '' : `${files} files`);

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Three figures are enough to compare. */
function sizeOf(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power] ?? ''}`;
}
