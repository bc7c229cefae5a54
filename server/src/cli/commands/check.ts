/** `dockwright check`: findings of files, folders or standard input, in one of five formats. */
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import { severities } from '../../core/rule.ts';
import { diskFacts, overlay } from '../../files/disk.ts';
import { listedFacts } from '../../files/listed.ts';
import { decodeText, describeReadError, withoutByteOrderMark } from '../../files/read.ts';
import type { FileFacts } from '../../project/files.ts';
import { languageOf } from '../../project/language.ts';
import { type Command, type Given, parseArguments } from '../arguments.ts';
import { type Checked, checkFile, joined, nothingChecked } from '../check-files.ts';
import type { Format, FormatContext } from '../format/format.ts';
import { githubFormat } from '../format/github.ts';
import { jsonFormat } from '../format/json.ts';
import { junitFormat } from '../format/junit.ts';
import { prettyFormat } from '../format/pretty.ts';
import { sarifFormat } from '../format/sarif.ts';
import { RECOGNISED, type Target } from '../input.ts';
import type { ExitCode, Io } from '../io.ts';
import { isAtLeast, selected, selectionOptions, type Selected } from '../options.ts';
import { type BatchResult, checkInThreads, type ThreadData, threadsFor } from '../pool.ts';
import { exitCodeOf, startSession, type OpenFile, type Session } from '../session.ts';

const formats: Readonly<Record<string, (context: FormatContext) => Format>> = {
  pretty: prettyFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  github: githubFormat,
  junit: junitFormat,
};

export const check: Command = {
  name: 'check',
  operands: '[PATH…]',
  mostOperands: Infinity,
  about:
    'Report what is missing or wrong in Compose files and Dockerfiles (default: those below the current folder).',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      values: Object.keys(formats),
      standard: 'pretty',
      about: 'How findings are written.',
    },
    ...selectionOptions,
    { name: 'stdin', about: 'Check the text of standard input instead of files.' },
    {
      name: 'stdin-filename',
      value: 'NAME',
      about:
        'The path that the text of standard input stands for: it decides on language and configuration.',
    },
  ],
  examples: [
    ['dockwright check', 'Checks everything below the current folder.'],
    [
      'dockwright check compose.yaml --rule compose/require-healthcheck',
      'Checks one rule in one file.',
    ],
    ['dockwright check --format sarif > dockwright.sarif', 'Writes a file for code scanning.'],
    [
      'dockwright check --stdin --stdin-filename compose.yaml < draft.yaml',
      'Checks a text that has no such name yet.',
    ],
  ],
  run,
};

async function run(given: Given, io: Io): Promise<Result<ExitCode, string>> {
  const choice = selected(given);
  if (!choice.ok) return choice;
  const filename = stdinFilename(given);
  if (!filename.ok) return filename;

  const format = formatOf(given, choice.value, io);
  io.out(format.begin());
  const { checks, session } =
    filename.value === undefined
      ? checkTargets(choice.value, given, format, io)
      : await checkStdin(choice.value, resolve(io.cwd, filename.value), format, io);
  let all = nothingChecked;
  for await (const checked of checks) {
    const { text } = checked;
    if (text !== '') io.out(all.text === '' ? text : format.separator + text);
    // Whether there was any text is all that is needed of it from here on.
    all = joined(all, { ...checked, text: text === '' ? '' : '…' }, '');
  }
  const errors = [...session.errors, ...all.errors];
  io.out(format.end({ ...all.sum, errors }));
  return ok(
    exitCodeOf({
      crashed: all.crashed,
      failed: errors.length > 0,
      found: severities.some(
        (name) => all.sum.counts[name] > 0 && isAtLeast(name, choice.value.failOn),
      ),
    }),
  );
}

function formatOf(given: Given, { failOn }: Selected, io: FormatIo): Format {
  const create = formats[given.value('format') ?? 'pretty'] ?? prettyFormat;
  return create({ cwd: io.cwd, colors: io.colors, columns: io.columns, failOn });
}

type FormatIo = Pick<Io, 'cwd' | 'colors' | 'columns'>;

interface Checking {
  readonly session: Session;
  readonly checks: AsyncIterable<Checked>;
}

function checkTargets(
  choice: Selected,
  { operands, argv }: Given,
  format: Format,
  io: Io,
): Checking {
  const session = startSession(choice, listedFacts(diskFacts()), io);
  const targets = session.targets(operands);
  const threads = threadsFor(targets.length, availableParallelism());
  const { cwd, colors, columns } = io;
  const data = { argv, cwd, colors, columns };
  return {
    session,
    checks:
      threads > 1 && io.script !== undefined
        ? told(
            checkInThreads(targets, {
              script: io.script,
              threads,
              data,
              check: batchChecker(data, io.env),
              pause: io.pause,
            }),
            io,
          )
        : checkHere(targets, session, format, io),
  };
}

async function* checkHere(
  targets: readonly Target[],
  session: Session,
  format: Format,
  io: Io,
): AsyncGenerator<Checked> {
  for (const target of targets) {
    await io.pause();
    const file = session.open(target);
    if (file) yield checkFile(file, session, format, io);
  }
}

/** Says to people what the threads had to say; of a broken configuration each thread tells, and once is enough. */
async function* told(batches: AsyncIterable<BatchResult>, io: Io): AsyncGenerator<Checked> {
  const said = new Set<string>();
  const failures = new Set<string>();
  for await (const { told: lines, errors, ...batch } of batches) {
    for (const line of lines) {
      if (!said.has(line)) io.err(line);
      said.add(line);
    }
    const news = errors.filter((error) => !failures.has(JSON.stringify(error)));
    for (const error of news) failures.add(JSON.stringify(error));
    yield { ...batch, errors: news };
  }
}

/** What a thread does with a batch; its own options are those of the command. */
export function batchChecker(
  { argv, ...shown }: ThreadData,
  env: Io['env'],
): (targets: readonly Target[]) => BatchResult {
  let lines: string[] = [];
  const io: Io = {
    ...shown,
    env,
    script: undefined,
    out: () => undefined,
    err: (text) => lines.push(text),
    stdin: () => Promise.resolve(new Uint8Array()),
    pause: () => Promise.resolve(),
  };
  const given = parseArguments(check, argv);
  const choice = given.ok ? selected(given.value) : given;
  if (!given.ok || !choice.ok) throw new Error('A thread was given options that do not parse.');
  const format = formatOf(given.value, choice.value, io);
  const session = startSession(choice.value, listedFacts(diskFacts()), io);
  return (targets) => {
    const before = session.errors.length;
    lines = [];
    let all = nothingChecked;
    for (const target of targets) {
      const file = session.open(target);
      if (file) all = joined(all, checkFile(file, session, format, io), format.separator);
    }
    return { ...all, errors: session.errors.slice(before), told: lines };
  };
}

/** The name that standard input goes by; undefined where files are checked. */
function stdinFilename(given: Given): Result<string | undefined, string> {
  const name = given.value('stdin-filename');
  if (!given.has('stdin')) {
    return name === undefined ? ok(undefined) : failed('--stdin-filename only goes with --stdin.');
  }
  if (given.operands.length > 0)
    return failed('--stdin takes no PATH: it checks standard input only.');
  if (name === undefined)
    return failed('--stdin needs --stdin-filename NAME, such as compose.yaml or Dockerfile.');
  return languageOf(name) ? ok(name) : failed(`"${name}" says no language. ${RECOGNISED}`);
}

async function checkStdin(
  choice: Selected,
  path: string,
  format: Format,
  io: Io,
): Promise<Checking> {
  const read = decodeText(path, await io.stdin());
  const facts: FileFacts = read.ok
    ? overlay(diskFacts(), new Map([[path, withoutByteOrderMark(read.value)]]))
    : diskFacts();
  const session = startSession(choice, facts, io);
  if (!read.ok) session.fail({ path, message: describeReadError(read.error) });
  const original = read.ok ? read.value : undefined;
  return {
    session,
    checks: oneFile(session, path, original, (file) => checkFile(file, session, format, io)),
  };
}

async function* oneFile(
  session: Session,
  path: string,
  original: string | undefined,
  checked: (file: OpenFile) => Checked,
): AsyncGenerator<Checked> {
  const language = languageOf(path);
  if (original === undefined || !language) return;
  const settings = session.settingsOf(path, true);
  await Promise.resolve();
  if (!settings) return;
  const text = withoutByteOrderMark(original);
  yield checked({ path, language, tree: dirname(path), named: true, original, text, settings });
}
