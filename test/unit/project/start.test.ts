/** Profiles and env files of a project, against what `docker compose config` makes of the same folders. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { projectOfDirectory, projectOfFile } from '../../../server/src/project/discover.ts';
import { environmentOfInclude } from '../../../server/src/project/start.ts';
import { found, inFolder, request, value } from './discovery.ts';

describe('profiles and env files', () => {
  const base = { '/p/compose.yaml': '' };

  test('profiles come from the command line, else from COMPOSE_PROFILES', () => {
    const texts = { ...base, '/p/.env': 'COMPOSE_PROFILES=one, two,\n' };
    assert.deepEqual(inFolder(texts).profiles, ['one', 'two']);
    assert.deepEqual(inFolder(texts, { profiles: ['three'] }).profiles, ['three']);
    assert.deepEqual(inFolder(base).profiles, []);
  });

  test('named env files take the place of .env', () => {
    const texts = { ...base, '/p/.env': 'V=d\nX=d\n', '/p/a': 'V=a\nW=a\n', '/p/b': 'V=b\n' };
    for (const given of [
      { envFiles: ['/p/a', '/p/b'] },
      { process: { COMPOSE_ENV_FILES: 'a,,b' } },
      { envFiles: ['/p/a', '/p/b'], process: { COMPOSE_ENV_FILES: 'gone' } },
    ]) {
      const project = inFolder(texts, given);
      assert.deepEqual(
        ['V', 'W', 'X'].map((name) => value(project, name)),
        ['b', 'a', undefined],
      );
      assert.deepEqual(project.environment.problems, []);
    }
    const above = inFolder({ ...texts, '/p/sub/x': '' }, { envFiles: ['/p/a'] }, '/p/sub');
    assert.equal(value(above, 'X'), undefined);
  });

  test('only the process can say so, and switch .env off', () => {
    const texts = {
      ...base,
      '/p/.env': 'V=1\nCOMPOSE_ENV_FILES=a\nCOMPOSE_DISABLE_ENV_FILE=1\n',
      '/p/a': 'V=a\n',
    };
    assert.equal(value(inFolder(texts), 'V'), '1');
    const process = { COMPOSE_DISABLE_ENV_FILE: '1' };
    assert.equal(value(inFolder(texts, { process }), 'V'), undefined);
  });

  test('.env that is a folder is none', () => {
    assert.deepEqual(inFolder({ ...base, '/p/.env/x': '' }).environment.problems, []);
  });

  test('PWD is set, as Compose does', () => {
    assert.equal(value(inFolder(base), 'PWD'), '/p');
    assert.equal(value(inFolder(base, { process: { PWD: '/q' } }), 'PWD'), '/q');
  });

  test('the same texts give the same environment', () => {
    const asked = request({ ...base, '/p/.env': 'V=1\n' });
    const first = found(projectOfDirectory('/p', asked)).environment;
    assert.equal(found(projectOfFile('/p/compose.yaml', asked)).environment, first);
  });

  test('an included folder adds its .env, or the files that are named', () => {
    const asked = request({
      ...base,
      '/p/.env': 'V=1\n',
      '/p/q/.env': 'V=2\nW=2\n',
      '/p/e': 'W=e\n',
    });
    const { environment } = found(projectOfDirectory('/p', asked));
    const included = (directory: string, envFiles?: readonly string[]): typeof environment =>
      environmentOfInclude(environment, { directory, envFiles }, asked);
    assert.equal(included('/p/q').lookup('V')?.value, '1');
    assert.equal(included('/p/q').lookup('W')?.value, '2');
    assert.equal(included('/p/q'), included('/p/q'));
    assert.equal(included('/p/q', ['/p/e']).lookup('W')?.value, 'e');
    assert.equal(included('/p/r'), environment);
    assert.equal(included('/p/q', []).lookup('W'), undefined);
  });
});
