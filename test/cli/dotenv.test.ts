/** Env files on the command line: found by name, judged by the Compose files around them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { buildCli, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const COMPOSE = 'services:\n  web:\n    image: shop/web:${TAG:?}\n    command: echo ${PORT:?}\n';

test('an example that lacks what the project needs is found and completed', () => {
  const cwd = project({ 'compose.yaml': COMPOSE, '.env.example': 'TAG=\n' });
  const { out, code } = dockwright(['check', '.env.example'], { cwd });
  assert.match(out, /^ *1:1 +warning +Compose files here need PORT,.*require-complete-example/m);
  assert.equal(code, 1);
  dockwright(['fix', '.env.example'], { cwd });
  assert.equal(readFileSync(join(cwd, '.env.example'), 'utf8'), 'TAG=\nPORT=\n');
});

test('no value of an env file is ever printed', () => {
  const cwd = project({
    'compose.yaml': COMPOSE,
    '.env': 'TAG=hunter2\nTAG=hunter2\nUNUSED=hunter2\nPASSWORD="hunter2\nhunter2 line\n',
  });
  const { out } = dockwright(['check', '.env'], { cwd });
  assert.match(out, /no-duplicate-name/);
  assert.match(out, /no-unused-name/);
  assert.match(out, /no-broken-line/);
  assert.doesNotMatch(out, /hunter2/);
});
