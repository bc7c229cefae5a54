/** `dockwright fix`: applies fixes to files, one whole file at a time, and says what is left for a person. */
import { dirname, resolve } from 'node:path';
import type { Finding } from '../../core/finding.ts';
import { ok, type Result } from '../../core/result.ts';
import { fixAll, fixFor, type FixResult } from '../../engine/fix.ts';
import { lint } from '../../engine/lint.ts';
import { diskFacts, overlay } from '../../files/disk.ts';
import { pathInside } from '../../files/ignored.ts';
import {
  createAtomic,
  describeWriteError,
  writeAtomic,
  type WriteError,
} from '../../files/write.ts';
import type { FileFacts } from '../../project/files.ts';
import type { Command, Given } from '../arguments.ts';
import { tellCrash } from '../crash.ts';
import { shownPath } from '../input.ts';
import type { ExitCode, Io } from '../io.ts';
import { isAtLeast, selected, selectionOptions, type Threshold } from '../options.ts';
import { placeFindings } from '../placed.ts';
import { exitCodeOf, startSession, type OpenFile, type Session } from '../session.ts';
import { fileBlock, fixSummary, inFileOrder, patchOf, type FixTotals } from '../fix-report.ts';
import { paletteOf, printable } from '../terminal.ts';

export const fix: Command = {
  name: 'fix',
  operands: '[PATH…]',
  mostOperands: Infinity,
  about: 'Apply fixes to Compose files and Dockerfiles (default: those below the current folder).',
  options: [
    { name: 'dry-run', about: 'Write nothing; say what would be done.' },
    {
      name: 'diff',
      about: 'Print the changes as a unified diff; with --dry-run nothing is written.',
    },
    {
      name: 'unsafe',
      about: 'Also apply fixes that a person has to look at or complete afterwards.',
    },
    ...selectionOptions,
  ],
  examples: [
    ['dockwright fix --dry-run --diff', 'Shows every change that would be made.'],
    ['dockwright fix compose.yaml', 'Fixes one file.'],
    ['dockwright fix --rule compose/require-log-rotation', 'Fixes one rule everywhere.'],
  ],
  run,
};

interface Mode {
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly unsafe: boolean;
  readonly failOn: Threshold;
}

interface Work {
  readonly mode: Mode;
  readonly session: Session;
  /** Files that a dry run would have created: the next file has to see them. */
  readonly pending: Map<string, string>;
  readonly totals: FixTotals;
  /** Where the names in patches begin. */
  readonly patchRoot: string;
  /** A rule threw somewhere. */
  crashed: boolean;
  readonly io: Io;
}

async function run(given: Given, io: Io): Promise<Result<ExitCode, string>> {
  const choice = selected(given);
  if (!choice.ok) return choice;
  const pending = new Map<string, string>();
  const session = startSession(choice.value, overlay(diskFacts(), pending), io);
  const work: Work = {
    mode: {
      dryRun: given.has('dry-run'),
      diff: given.has('diff'),
      unsafe: given.has('unsafe'),
      failOn: choice.value.failOn,
    },
    session,
    pending,
    totals: {
      checked: 0,
      fixed: 0,
      files: 0,
      created: 0,
      remaining: 0,
      answers: 0,
      unsafe: 0,
      failing: 0,
    },
    patchRoot: commonFolder(io.cwd, given.operands, session.facts),
    crashed: false,
    io,
  };
  for await (const file of session.files(given.operands)) fixFile(file, work);
  tell(work)(`${fixSummary(work.totals, work.mode.dryRun, session.errors.length)}\n`);
  if (work.mode.diff && work.patchRoot !== io.cwd)
    io.err(`Apply the patch in ${printable(work.patchRoot)}: its file names begin there.\n`);
  return ok(
    exitCodeOf({
      crashed: work.crashed,
      failed: session.errors.length > 0,
      found: work.totals.failing > 0,
    }),
  );
}

function fixFile(file: OpenFile, work: Work): void {
  const { mode, session, io } = work;
  const result = fixAll(file, file.settings, session.facts, { unsafe: mode.unsafe });
  for (const { rule, error } of result.crashes) {
    work.crashed = true;
    tellCrash(error, `${rule} on ${shownPath(io.cwd, file.path)}`, io);
  }
  const fixed = inOrder(file, result, session);
  const text = file.original.startsWith('\uFEFF') ? `\uFEFF${result.text}` : result.text;
  if (!mode.dryRun && !write(file, text, result, work)) return;
  if (mode.dryRun) {
    for (const [path, content] of result.otherFiles) work.pending.set(path, content);
  }
  count(result, work);
  if (mode.diff) printDiff(file, text, result, work);
  const remaining = placeFindings(result.remaining, {
    path: file.path,
    text: result.text,
    cwd: io.cwd,
    facts: session.facts,
  });
  tell(work)(
    fileBlock({
      file: shownPath(io.cwd, file.path),
      fixed,
      remaining,
      answers: result.answers,
      created: [...result.otherFiles.keys()].map((path) => shownPath(io.cwd, path)),
      dryRun: mode.dryRun,
      palette: paletteOf(io.colors && !mode.diff),
      columns: mode.diff ? undefined : io.columns,
    }),
  );
}

/** To be asked before anything is written, because rules look at the disk. */
function inOrder(file: OpenFile, { fixed }: FixResult, { facts }: Session): readonly Finding[] {
  if (fixed.length < 2) return fixed;
  return inFileOrder(fixed, lint(file, file.settings, facts).findings);
}

function printDiff(
  file: OpenFile,
  text: string,
  { otherFiles }: FixResult,
  { patchRoot, io }: Work,
): void {
  if (text !== file.original) io.out(patchOf(shownPath(patchRoot, file.path), file.original, text));
  for (const [path, content] of otherFiles) {
    io.out(patchOf(shownPath(patchRoot, path), undefined, content));
  }
}

/**
 * The nearest folder that holds the current one and all that is named: a patch cannot name what lies above the folder that
 * it is applied in.
 */
function commonFolder(cwd: string, operands: readonly string[], facts: FileFacts): string {
  let folder = cwd;
  for (const operand of operands) {
    const path = resolve(cwd, operand);
    const target = facts.kindOf(path) === 'directory' ? path : dirname(path);
    while (pathInside(folder, target) === undefined && dirname(folder) !== folder)
      folder = dirname(folder);
  }
  return folder;
}

/** New files first: if one cannot be made, the file itself is untouched and all of it can be tried again. */
function write(
  file: OpenFile,
  text: string,
  { otherFiles }: FixResult,
  { session, io }: Work,
): boolean {
  for (const [path, content] of otherFiles) {
    // A new file beside the tree (a build context next to it) is fine below the current folder, but not through a link.
    const root = pathInside(file.tree, path) === undefined ? io.cwd : file.tree;
    if (!told(createAtomic(path, content, { root }), session)) return false;
  }
  if (text === file.original) return true;
  return told(writeAtomic(file.path, text, { root: file.tree, expected: file.original }), session);
}

function told(written: Result<void, WriteError>, session: Session): boolean {
  if (!written.ok) {
    session.fail({ path: written.error.path, message: describeWriteError(written.error) });
  }
  return written.ok;
}

function count({ fixed, remaining, otherFiles, answers }: FixResult, { totals, mode }: Work): void {
  totals.checked++;
  totals.fixed += fixed.length;
  totals.files += fixed.length > 0 ? 1 : 0;
  totals.created += otherFiles.size;
  totals.remaining += remaining.length;
  totals.answers += answers.length;
  totals.unsafe += remaining.filter((left) => fixFor(left)?.safety === 'unsafe').length;
  totals.failing += remaining.filter(({ severity }) => isAtLeast(severity, mode.failOn)).length;
}

/** With --diff, standard output is the patch and nothing else. */
function tell({ mode, io }: Work): (text: string) => void {
  return mode.diff ? io.err : io.out;
}
