/** What several services share, on the command line: offered, fixed once, and told once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { buildCli, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const RULE = 'compose/require-restart-policy';
const SHARED = `x-defaults: &defaults
  logging: { driver: local }
services:
  web:
    <<: *defaults
    image: nginx:1.27.3
  cache:
    <<: *defaults
    image: redis:7.2
`;

interface Found {
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly file: string; readonly newText: string }[];
  }[];
}

test('json lists the fix at the root behind the fix of the service', () => {
  const cwd = project({ 'compose.yaml': SHARED });
  const { out } = dockwright(['check', '--rule', RULE, '--format', 'json'], { cwd });
  const { findings: found } = JSON.parse(out) as { readonly findings: readonly Found[] };
  assert.deepEqual(
    found.map(({ fixes }) => fixes.map(({ title }) => title)),
    ['web', 'cache'].map((name) => [
      `Restart ${name} unless it was stopped`,
      'Add restart to &defaults: fixes 2 services',
    ]),
  );
  assert.deepEqual(
    found[0]?.fixes[1]?.edits.map(({ file, newText }) => [file, newText]),
    [['compose.yaml', '\n  restart: unless-stopped']],
  );
});

test('fix makes the one edit, says it once, and counts both findings', () => {
  const cwd = project({ 'compose.yaml': SHARED });
  const { out } = dockwright(['fix', '--rule', RULE], { cwd });
  assert.equal(out.split('Add restart to &defaults: fixes 2 services').length, 2);
  assert.match(out, /\nFixed 2 findings in 1 file\. Nothing is left for you\.\n$/);
  assert.equal(
    readFileSync(join(cwd, 'compose.yaml'), 'utf8'),
    SHARED.replace('services:', '  restart: unless-stopped\nservices:'),
  );
});

test('comments of other tools are honoured, and comments of ours that silence nothing are taken away', () => {
  const silenced = `# dclint disable-file\n${SHARED}`;
  assert.match(
    dockwright(['check'], { cwd: project({ 'compose.yaml': silenced }) }).out,
    /^Nothing found in 1 file/,
  );
  const text = SHARED.replace('  web:', '  web: # dockwright ignore=compose/no-privileged -- old');
  const cwd = project({ 'compose.yaml': text });
  assert.match(dockwright(['check'], { cwd }).out, /4:8 .*project\/unused-ignore {2}\[fixable\]/);
  dockwright(['fix'], { cwd });
  assert.doesNotMatch(readFileSync(join(cwd, 'compose.yaml'), 'utf8'), /dockwright/);
});
