/** What the schema has against files: each file in the collections was given to Compose 2.26.1 as well. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { scalarValue, mapValue, entryAt } from '../../../../server/src/compose/make.ts';
import type { Refusal } from '../../../../server/src/compose/refusal.ts';
import {
  schemaRefusalsOfRoot,
  schemaRefusalsOfService,
  schemaRefusalsOfTop,
} from '../../../../server/src/compose/schema/refusals.ts';
import type { Scalar, Value } from '../../../../server/src/compose/value.ts';
import { casesOf, entriesOf, expectCorpus, line, readYaml, servicesOf } from './corpus.ts';

const FOLDER = 'test/unit/compose/schema';

const SECTIONS = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

function refusalsOf(root: Value): readonly Refusal[] {
  return [
    ...schemaRefusalsOfRoot(root),
    ...servicesOf(root).flatMap(([name, map]) => schemaRefusalsOfService(map, name)),
    ...SECTIONS.flatMap((section) =>
      entriesOf(root, section).flatMap((entry) => schemaRefusalsOfTop(section, entry)),
    ),
  ];
}

const say = (yaml: string): readonly string[] => refusalsOf(readYaml(yaml)).map(line);

describe('the schema', () => {
  test.each(['refused.txt', 'unlike-2.26.txt', 'slips.txt'])('says what is wrong in %s', (name) => {
    expectCorpus(`${FOLDER}/${name}`, say);
  });

  test('refuses all that Compose refuses by its schema', () => {
    for (const yaml of casesOf(`${FOLDER}/refused.txt`)) assert.notDeepEqual(say(yaml), [], yaml);
  });

  test('has nothing against what Compose takes', () => {
    for (const yaml of casesOf(`${FOLDER}/accepted.txt`)) assert.deepEqual(say(yaml), [], yaml);
  });
});

const place = {
  source: { file: '/p/compose.yaml', text: '0123456789' },
  span: { start: 2, end: 5 },
};

function refusalsWith(key: string, given: Scalar): readonly string[] {
  const map = mapValue(place, [entryAt(place, key, given)]);
  return schemaRefusalsOfService(map, 'web').map(({ message }) => message);
}

describe('values that come from variables', () => {
  const open = scalarValue(place, '', { template: '${PORT}', open: ['PORT'] });

  test.each([
    'cpus',
    'privileged',
    'restart',
    'stop_grace_period',
    'pull_policy',
    'build',
    'command',
  ])('are taken for any %s where nothing sets them', (key) => {
    assert.deepEqual(refusalsWith(key, open), []);
  });

  test('are no list', () => {
    assert.deepEqual(refusalsWith('ports', open), [
      'ports must be a list, such as ["8080:80"]; this is text.',
    ]);
  });

  test('are judged where they are set, and not shown', () => {
    const set = scalarValue(place, 's3cret', { template: '${CPUS}' });
    assert.deepEqual(refusalsWith('cpus', set), [
      'cpus must be a number, such as 0.5; this is not.',
    ]);
    assert.deepEqual(refusalsWith('cpus', scalarValue(place, 0.5, { template: '${CPUS}' })), []);
  });
});

test('carries the service', () => {
  const [first] = refusalsOf(readYaml('services:\n  web:\n    restartt: always\n'));
  assert.equal(first?.service, 'web');
});
