/** The benchmarks run to their end and judge what they measured; how fast anything was is no matter here. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, test } from 'vitest';
import { buildCli, CLI, cleanEnvironment, project } from './dockwright.ts';

/** Document → server → what was measured. */
type Results = Record<string, Record<string, Record<string, { readonly median: number }>>>;

interface Measured {
  readonly results: Results;
  readonly goals: readonly { readonly goal: string; readonly verdict: string }[];
}

async function bench(script: string, ...options: readonly string[]): Promise<[string, Measured]> {
  const json = join(project({}), 'measured.json');
  const words = [`test/bench/${script}`, '--quick', '--no-peers', '--json', json, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    env: cleanEnvironment(),
  });
  return [stdout, JSON.parse(readFileSync(json, 'utf8')) as Measured];
}

beforeAll(buildCli);

test('the language server is measured next to the floor', { timeout: 60_000 }, async () => {
  const options = ['--sizes', '9', '--edits', '3', '--no-kinds'];
  const [printed, { results, goals }] = await bench('lsp.mjs', ...options);
  assert.match(printed, /^\| ours ÷ floor \|/m);
  assert.match(printed, /\d+ met, \d+ missed, \d+ not measured\.$/m);
  const { ours, floor } = results['dockercompose 9']!;
  assert.equal(ours!['editCount']?.median, 3);
  assert.ok(ours!['openItems']!.median > 0, 'a file with findings is measured');
  assert.equal(floor!['editCount']?.median, 3);
  assert.ok(goals.every(({ verdict }) => /^(met|\*\*missed\*\*|not measured)$/.test(verdict)));
});

test('the command line is measured, and has read every file', { timeout: 60_000 }, async () => {
  const [printed] = await bench('cli.mjs', '--projects', '3', '--only', 'repository', '--cli', CLI);
  assert.match(printed, /^\| floor, repository \| [\d.]+ \|/m);
  assert.match(printed, /The repository has 6 files; ours had findings in 6\./);
});

test('an option that is none is named, and the usage shown', async () => {
  await assert.rejects(
    bench('lsp.mjs', '--size', '9'),
    ({ code, stderr }: { code: number; stderr: string }) =>
      code === 2 && stderr.includes('--size') && stderr.includes('Usage: npm run bench:lsp'),
  );
});
