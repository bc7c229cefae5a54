/** A large check is shared by threads, and nobody can tell from what it prints. */
import assert from 'node:assert/strict';
import { beforeAll, describe, test } from 'vitest';
import { threadsFor } from '../../server/src/cli/pool.ts';
import { buildCli, dockwright, project } from './dockwright.ts';

beforeAll(buildCli, 60_000);

/** Each half is too small for threads of its own, and both together are not. */
const HALF = 160;

/** Two halves of one tree: `a/0000` … and `b/0000` …. */
function tree(more: Readonly<Record<string, string>> = {}): string {
  const files: Record<string, string> = { ...more };
  for (const half of ['a', 'b']) {
    for (let i = 0; i < HALF; i++) {
      files[`${half}/${String(i).padStart(4, '0')}/compose.yaml`] =
        i % 7 === 0
          ? 'services:\n  web:\n    image: [\n'
          : `services:\n  web${i}:\n    image: nginx:1.27.${i}\n    restartt: always\n`;
    }
  }
  return project(files);
}

describe('a check of many files', () => {
  test('is worth threads from some hundred files on, and never more than there are cores', () => {
    assert.equal(threadsFor(HALF, 8), 1);
    assert.equal(threadsFor(2 * HALF, 8), 2);
    assert.equal(threadsFor(100_000, 4), 4);
    assert.equal(threadsFor(100_000, 1), 1);
  });

  test.each(['pretty', 'json', 'github'])('prints in %s what one thread prints', (format) => {
    const cwd = tree();
    const check = (path: string) =>
      dockwright(['check', path, '--format', format, '--fail-on', 'never'], { cwd });
    const lines = (text: string): readonly string[] =>
      text.split('\n').filter((line) => /web|image|compose\.yaml/.test(line));
    const [whole, a, b] = [check('.'), check('a'), check('b')];
    assert.equal(whole.code, 0, whole.err);
    assert.ok(lines(whole.out).length > 2 * HALF);
    const plain = (line: string): string => line.replace(/,$/, '');
    assert.deepEqual(lines(whole.out).map(plain), [...lines(a.out), ...lines(b.out)].map(plain));
    if (format === 'json') assert.ok(JSON.parse(whole.out));
  });

  test('tells a broken configuration once', () => {
    const cwd = tree({ '.dockwright.yaml': 'presett: strict\n' });
    const { err, code } = dockwright(['check'], { cwd });
    assert.equal(code, 2);
    assert.equal(err.match(/presett/g)?.length, 1, err);
  });
});
