/** `npm run oracle -- DIR`: compares Dockwright with `docker compose config` on every stack below a folder. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asProgram, composeVersion } from './ask.ts';
import { compareAll, type Outcome, type Result } from './compare.ts';
import { isFine, isUnexpected, readKnownDifferences, type KnownDifferences } from './known.ts';
import { findProjects } from './projects.ts';

const USAGE = `Usage: npm run oracle -- [DIR] [--all] [--nested]
  DIR       a folder with stacks in it; the fixtures of the suite where it is left out
  --all     print a line for those that agree, too
  --nested  look for projects inside of projects as well`;

const outcomes: readonly Outcome[] = [
  'agreed',
  'both refused',
  'differed',
  'other line blamed',
  'only Compose refused',
  'only Dockwright refused',
  'failed',
];

export interface Printed {
  readonly text: string;
  /** 0: nothing unexpected; 1: something is; 2: it could not be run. */
  readonly status: 0 | 1 | 2;
}

/** `root` is the folder of the repository; its `dist/cli.js` is what is compared. */
export async function oracle(root: string, args: readonly string[]): Promise<Printed> {
  const asked = readArguments(args);
  if (!asked) return { text: USAGE, status: 2 };
  const folder = asked.folder ?? join(root, 'test', 'oracle', 'fixtures');
  const cli = join(root, 'dist', 'cli.js');
  if (!existsSync(cli)) return { text: `There is no ${cli}: run npm run build.`, status: 2 };
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return { text: `${folder} is no folder.`, status: 2 };
  }
  const version = await composeVersion();
  const results = await compareAll(findProjects(folder, asked.nested), asProgram(cli));
  const known = readKnownDifferences(root);
  const unexpected = results.filter((result) => isUnexpected(result, known));
  const listed = asked.all ? results : results.filter(({ outcome }) => !isFine(outcome));
  return {
    text: [
      ...[...new Set([...listed, ...unexpected])].map((result) => row(result, known)),
      counts(results),
      `${results.length} projects, compared with docker compose ${version}; unexpected: ${unexpected.length}`,
    ].join('\n'),
    status: unexpected.length > 0 ? 1 : 0,
  };
}

function readArguments(
  args: readonly string[],
): { readonly folder?: string; readonly all: boolean; readonly nested: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        all: { type: 'boolean', default: false },
        nested: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (positionals.length > 1) return undefined;
    // npm runs scripts in the folder of the package, and tells where the user was.
    const from = process.env['INIT_CWD'] ?? process.cwd();
    return { ...values, ...(folder !== undefined && { folder: resolve(from, folder) }) };
  } catch {
    return undefined;
  }
}

const WIDTH = Math.max(...outcomes.map(({ length }) => length)) + 2;

function row({ project, outcome, detail }: Result, known: KnownDifferences): string {
  const why = known[project.name];
  const explained = why === undefined ? '' : `known: ${why}`;
  const stale = explained && isFine(outcome) ? 'It does not differ any more: take it out.' : '';
  const lines = [...(isFine(outcome) ? [] : detail.split('\n')), explained, stale].filter(Boolean);
  return [
    outcome.padEnd(WIDTH) + project.name,
    ...lines.map((line) => ' '.repeat(WIDTH) + line),
  ].join('\n');
}

function counts(results: readonly Result[]): string {
  return outcomes
    .map((name) => `${name} ${results.filter(({ outcome }) => outcome === name).length}`)
    .join(' · ');
}
