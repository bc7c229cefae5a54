/** What a project is called, against what `docker compose config` calls it. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { DiscoveryRequest } from '../../../server/src/project/discover.ts';
import { inFolder, kinds, type Texts, value } from './discovery.ts';

describe('the name', () => {
  const name = (texts: Texts, given: Partial<DiscoveryRequest> = {}, folder = '/p'): unknown => {
    const project = inFolder(texts, given, folder);
    return [project.name.value, project.name.from, kinds(project)];
  };
  const env = (text: string): Texts => ({ '/p/compose.yaml': 'name: yy', '/p/.env': text });

  test.each<readonly [string, unknown, unknown]>([
    [
      'an option',
      name(env('COMPOSE_PROJECT_NAME=nn'), { projectName: 'oo' }),
      ['oo', 'option', []],
    ],
    ['a wrong option', name(env(''), { projectName: 'Oo' }), ['Oo', 'option', ['name']]],
    ['a variable', name(env('COMPOSE_PROJECT_NAME=nn')), ['nn', 'COMPOSE_PROJECT_NAME', []]],
    ['a wrong one', name(env('COMPOSE_PROJECT_NAME=Nn')), ['Nn', 'COMPOSE_PROJECT_NAME', ['name']]],
    ['an empty one', name(env('COMPOSE_PROJECT_NAME=')), ['yy', 'file', []]],
    [
      'the last file',
      name({ '/p/compose.yaml': 'name: yy', '/p/compose.override.yaml': 'name: zz' }),
      ['zz', 'file', []],
    ],
    [
      'not an empty one',
      name({ '/p/compose.yaml': 'name: yy', '/p/compose.override.yaml': 'name: ' }),
      ['yy', 'file', []],
    ],
    ['made right', name({ '/p/compose.yaml': 'name: _My App' }), ['myapp', 'file', []]],
    [
      'with variables',
      name({ '/p/compose.yaml': 'name: ${V}-b', '/p/.env': 'V=1' }),
      ['1-b', 'file', []],
    ],
    ['nothing left', name({ '/p/compose.yaml': 'name: ${V}' }), ['', 'file', ['name']]],
    [
      'its own name is not known yet',
      name({ '/p/compose.yaml': 'name: ${COMPOSE_PROJECT_NAME}x' }),
      ['x', 'file', []],
    ],
    [
      'the folder',
      name({ '/_My.App_1-x/compose.yaml': '' }, {}, '/_My.App_1-x'),
      ['myapp_1-x', 'directory', []],
    ],
    ['no letter in it', name({ '/é!/compose.yaml': '' }, {}, '/é!'), ['', 'directory', ['name']]],
  ])('from %s', (_, actual, expected) => {
    assert.deepEqual(actual, expected);
  });

  test('is a variable for what is read afterwards', () => {
    const project = inFolder(env('OTHER=1'));
    assert.equal(value(project, 'COMPOSE_PROJECT_NAME'), 'yy');
  });
});
