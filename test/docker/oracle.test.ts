/** Dockwright and `docker compose config` say the same about every fixture of test/oracle. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { buildCli } from '../cli/dockwright.ts';
import { composeVersion, type Answer } from '../oracle/ask.ts';
import { oracle } from '../oracle/command.ts';
import { compareAll, judge, type Result } from '../oracle/compare.ts';
import { firstDifference } from '../oracle/difference.ts';
import { inProcess } from '../oracle/in-process.ts';
import { isFine, readKnownDifferences } from '../oracle/known.ts';
import { findProjects } from '../oracle/projects.ts';

const root = resolve('.');
const fixtures = join(root, 'test', 'oracle', 'fixtures');
const projects = findProjects(fixtures);
const known = readKnownDifferences(root);
const isRefused = (name: string) => /^(refused|newer\/refused-)/.test(name);

const results = new Map<string, Result>();

beforeAll(async () => {
  await composeVersion();
  for (const result of await compareAll(projects, inProcess))
    results.set(result.project.name, result);
});

describe.each([...new Set(projects.map(({ name }) => dirname(name)))])('%s', (group) => {
  test.each(projects.filter(({ name }) => dirname(name) === group))('$name', ({ name }) => {
    const { outcome, detail, accepted } = results.get(name)!;
    assert.equal(accepted, !isRefused(name), `Compose: ${detail}`);
    if (name in known) assert.ok(!isFine(outcome), 'a known difference is still one');
    else assert.equal(outcome, isRefused(name) ? 'both refused' : 'agreed', detail);
  });
});

describe('the fixtures', () => {
  test('are many, and each is alone in its folder', () => {
    const names = projects.map(({ name }) => name);
    assert.ok(names.filter((name) => !isRefused(name)).length >= 150);
    assert.ok(names.filter((name) => name.startsWith('refused/')).length >= 50);
    assert.ok(names.filter((name) => name.startsWith('stacks/')).length >= 12);
    assert.deepEqual(
      names.filter((name) => name.split('/').length !== 2),
      [],
    );
  });

  test.each(projects.filter(({ name }) => isRefused(name)))(
    '$name blames lines that there are',
    ({ folder, blamed }) => {
      assert.ok(blamed.length > 0);
      for (const place of blamed) {
        const [, file = '', line] = /^(.+):(\d+)$/.exec(place) ?? [];
        const lines = readFileSync(join(folder, file), 'utf8').split('\n');
        assert.ok((lines[Number(line) - 1] ?? '').trim(), place);
      }
    },
  );

  test.each(projects.filter(({ newer }) => newer))(
    '$name says what is expected',
    ({ name, folder }) => {
      assert.equal(existsSync(join(folder, 'expected.json')), !isRefused(name));
    },
  );
});

describe('what remains different', () => {
  test('is told by the README in the same words', () => {
    const readme = readFileSync(join(root, 'test', 'oracle', 'README.md'), 'utf8');
    const table = readme.slice(readme.indexOf('## What remains different'));
    const rows = [...table.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)];
    assert.deepEqual(Object.fromEntries(rows.map(([, name, why]) => [name, why])), known);
  });

  test('names fixtures that there are', () => {
    const names = new Set(projects.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(known).filter((name) => !names.has(name)),
      [],
    );
  });
});

describe('the judge', () => {
  const accepted = (model: unknown): Answer => ({ kind: 'accepted', model });
  const refused = (...places: string[]): Answer => ({ kind: 'refused', why: 'no', places });

  test.each([
    [accepted({ a: 1, b: [] }), accepted({ b: [], a: 1 }), 'agreed'],
    [accepted({ a: 1 }), accepted({ a: '1' }), 'differed'],
    [accepted({ a: null }), accepted({}), 'differed'],
    [accepted([1, 2]), accepted([2, 1]), 'differed'],
    [refused(), refused('compose.yaml:3'), 'both refused'],
    [refused(), refused('compose.yaml:4'), 'other line blamed'],
    [refused(), accepted({}), 'only Compose refused'],
    [accepted({}), refused('compose.yaml:3'), 'only Dockwright refused'],
    [accepted({}), { kind: 'failed', why: 'crashed' }, 'failed'],
  ] satisfies [Answer, Answer, string][])('%j and %j: %s', (compose, ours, outcome) => {
    assert.equal(judge(compose, ours, ['compose.yaml:3']).outcome, outcome);
  });

  test('names the first difference by its path', () => {
    assert.deepEqual(
      firstDifference({ s: { 'a.b': [{ x: 1 }] } }, { s: { 'a.b': [{ x: 1 }, 2] } }),
      { path: 's["a.b"][1]', expected: 'nothing', actual: '2' },
    );
  });
});

describe('npm run oracle', () => {
  beforeAll(buildCli);

  test('runs the program: a line for each project when asked, and the counts', async () => {
    const { text, status } = await oracle(root, [join(fixtures, 'stacks'), '--all']);
    assert.match(text, /^agreed +multi-document$/m);
    const stacks = projects.filter(({ name }) => name.startsWith('stacks/')).length;
    assert.match(text, new RegExp(`^${stacks} projects, compared with docker compose \\d`, 'm'));
    assert.equal(status, 0);
  });

  test('says how it is used when it is used otherwise', async () => {
    assert.equal((await oracle(root, ['--bogus'])).status, 2);
    assert.equal((await oracle(root, [join(fixtures, 'nowhere')])).status, 2);
  });
});
