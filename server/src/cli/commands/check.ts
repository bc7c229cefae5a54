/** `dockwright check`: findings of files, folders or standard input, in one of five formats. */
import { dirname, resolve } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import type { Severity } from '../../core/rule.ts';
import { lint } from '../../engine/lint.ts';
import { diskFacts, overlay } from '../../files/disk.ts';
import { decodeText, describeReadError, withoutByteOrderMark } from '../../files/read.ts';
import type { FileFacts } from '../../project/files.ts';
import { languageOf } from '../../project/language.ts';
import type { Command, Given } from '../arguments.ts';
import { tellCrash } from '../crash.ts';
import type { Format, FormatContext } from '../format/format.ts';
import { githubFormat } from '../format/github.ts';
import { jsonFormat } from '../format/json.ts';
import { junitFormat } from '../format/junit.ts';
import { prettyFormat } from '../format/pretty.ts';
import { sarifFormat } from '../format/sarif.ts';
import { RECOGNISED, shownPath } from '../input.ts';
import type { ExitCode, Io } from '../io.ts';
import { isAtLeast, selected, selectionOptions, type Selected } from '../options.ts';
import { placeFindings, type PlacedFinding } from '../placed.ts';
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

  const { session, files } =
    filename.value === undefined
      ? openFiles(choice.value, given, io)
      : await openStdin(choice.value, resolve(io.cwd, filename.value), io);
  const { failOn } = choice.value;
  const create = formats[given.value('format') ?? 'pretty'] ?? prettyFormat;
  const format = create({ cwd: io.cwd, colors: io.colors, columns: io.columns, failOn });
  const tally = newTally();
  let crashed = false;

  io.out(format.begin());
  for await (const file of files) {
    const report = lint(file, file.settings, session.facts);
    const findings = placeFindings(report.findings, { ...file, cwd: io.cwd, facts: session.facts });
    io.out(format.file({ file: shownPath(io.cwd, file.path), findings }));
    for (const { rule, error } of report.crashes) {
      crashed = true;
      tellCrash(error, `${rule} on ${shownPath(io.cwd, file.path)}`, io);
    }
    tally.add(findings);
  }
  io.out(format.end({ ...tally.sum(), errors: session.errors }));
  return ok(
    exitCodeOf({
      crashed,
      failed: session.errors.length > 0,
      found: tally.severities().some((severity) => isAtLeast(severity, failOn)),
    }),
  );
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

interface Opened {
  readonly session: Session;
  readonly files: AsyncIterable<OpenFile>;
}

function openFiles(choice: Selected, { operands }: Given, io: Io): Opened {
  const session = startSession(choice, diskFacts(), io);
  return { session, files: session.files(operands) };
}

async function openStdin(choice: Selected, path: string, io: Io): Promise<Opened> {
  const read = decodeText(path, await io.stdin());
  const facts: FileFacts = read.ok
    ? overlay(diskFacts(), new Map([[path, withoutByteOrderMark(read.value)]]))
    : diskFacts();
  const session = startSession(choice, facts, io);
  if (!read.ok) session.fail({ path, message: describeReadError(read.error) });
  return { session, files: oneFile(session, path, read.ok ? read.value : undefined) };
}

async function* oneFile(
  session: Session,
  path: string,
  original: string | undefined,
): AsyncGenerator<OpenFile> {
  const language = languageOf(path);
  if (original === undefined || !language) return;
  const settings = session.settingsOf(path, true);
  await Promise.resolve();
  if (!settings) return;
  const text = withoutByteOrderMark(original);
  yield { path, language, tree: dirname(path), named: true, original, text, settings };
}

interface Tally {
  readonly add: (findings: readonly PlacedFinding[]) => void;
  readonly severities: () => readonly Severity[];
  readonly sum: () => {
    readonly files: number;
    readonly counts: Readonly<Record<Severity, number>>;
    readonly fixable: { readonly safe: number; readonly unsafe: number };
  };
}

function newTally(): Tally {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  const fixable = { safe: 0, unsafe: 0 };
  let files = 0;
  return {
    add: (findings) => {
      files++;
      for (const { severity, fixes } of findings) {
        counts[severity]++;
        const [fix] = fixes;
        if (fix) fixable[fix.safety]++;
      }
    },
    severities: () =>
      (['error', 'warning', 'info', 'hint'] as const).filter((name) => counts[name] > 0),
    sum: () => ({ files, counts, fixable }),
  };
}
