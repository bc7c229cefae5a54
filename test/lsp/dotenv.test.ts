/** Env files in the editor: judged by the Compose files around them, open or not. */
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { startEditor } from './editor.ts';

const COMPOSE = 'services:\n  web:\n    image: shop/web:${TAG:?}\n';

test('a variable that nothing uses is found on its line, and used once the Compose file names it', async () => {
  const editor = await startEditor({ files: { 'compose.yaml': COMPOSE } });
  await editor.open('TAG=1.2\nPROT=80\n', '.env', 'dotenv');
  assert.deepEqual(await editor.rules('.env'), ['dotenv/no-unused-name 1']);
  await editor.change('TAG=1.2\nTAG=1.3\nbroken line\n', '.env');
  assert.deepEqual(await editor.rules('.env'), [
    'dotenv/no-duplicate-name 0',
    'dotenv/no-broken-line 2',
  ]);
  await editor.change('TAG=1.2\nPROT=80\n', '.env');
  await editor.open(`${COMPOSE}    ports: ["\${PROT}:80"]\n`, 'compose.yaml');
  assert.deepEqual(await editor.rules('.env'), []);
});

test('an env file that no Compose file reads is left alone', async () => {
  const editor = await startEditor({ files: { 'index.js': '' } });
  await editor.open('TAG=1.2\nTAG=1.3\nbroken line\n', '.env', 'dotenv');
  assert.deepEqual(await editor.rules('.env'), []);
});
