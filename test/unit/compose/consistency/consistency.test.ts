/** What Compose refuses beyond its schema: each file in the collections was given to Compose 2.26.1 as well. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { refusalRules } from '../../../../server/src/compose/consistency/catalogue.ts';
import { projectChecker } from '../../../../server/src/compose/consistency/checker.ts';
import { factsMemo } from '../../../../server/src/compose/consistency/facts.ts';
import { entryAt, mapValue, scalarValue, seqValue } from '../../../../server/src/compose/make.ts';
import type { CheckedProject } from '../../../../server/src/compose/consistency/project.ts';
import { defaultSettings } from '../../../../server/src/config/settings.ts';
import { lint } from '../../../../server/src/engine/lint.ts';
import { allRules } from '../../../../server/src/rules/registry.ts';
import { memoryFiles } from '../../memory-files.ts';
import { casesOf, expectCorpus, line, readYaml } from '../schema/corpus.ts';
import { consistencyOf, schemaOf } from './refusals.ts';

const FOLDER = 'test/unit/compose/consistency';

const say = (yaml: string): readonly string[] => consistencyOf(readYaml(yaml)).map(line);

describe('consistency', () => {
  test.each(['refused.txt', 'unlike-2.26.txt'])('says what is wrong in %s', (name) => {
    expectCorpus(`${FOLDER}/${name}`, say);
  });

  test('refuses all that Compose refuses for it', () => {
    for (const yaml of casesOf(`${FOLDER}/refused.txt`)) {
      assert.notDeepEqual(say(yaml), [], yaml);
      assert.deepEqual(schemaOf(readYaml(yaml)).map(line), [], yaml);
    }
  });

  test('has nothing against what Compose takes', () => {
    for (const path of [`${FOLDER}/accepted.txt`, 'test/unit/compose/schema/accepted.txt']) {
      for (const yaml of casesOf(path)) assert.deepEqual(say(yaml), [], yaml);
    }
  });
});

describe('the catalogue', () => {
  const known: ReadonlySet<string> = new Set(refusalRules.map(({ id }) => id));

  test.each(refusalRules.filter(({ example }) => example !== undefined))(
    '$id is what its example is refused for',
    ({ id, example = '' }) => {
      const input = { path: '/shop/compose.yaml', text: example, language: 'compose' } as const;
      const { findings } = lint(input, defaultSettings, memoryFiles({}));
      const refused = findings.filter(({ rule }) => known.has(rule));
      assert.deepEqual([...new Set(refused.map(({ rule }) => rule))], [id]);
    },
  );

  test('knows every rule that is raised', () => {
    const rules = new Set([...known, ...allRules.map(({ id }) => id)]);
    const sources = ['server/src/compose', 'server/src/project'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    );
    const named = sources.flatMap((text) => text.match(/(?<=')compose\/[a-z-]+(?=')/g) ?? []);
    assert.ok(named.length > refusalRules.length);
    assert.deepEqual(
      named.filter((id) => !rules.has(id)),
      [],
    );
  });

  test('is in the order of ids, each once', () => {
    const ids = refusalRules.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
  });
});

const place = { source: { file: '/p/compose.yaml', text: '' }, span: { start: 0, end: 0 } };

/** Services that each need the next, and the last the first. */
function ring(count: number): CheckedProject {
  const none = new Set<string>();
  const services = Array.from({ length: count }, (_, i) => {
    const need = scalarValue(place, `s${(i + 1) % count}`);
    const needs = seqValue(place, [{ value: need, own: true, steps: [] }]);
    return {
      name: `s${i}`,
      map: mapValue(place, [entryAt(place, 'depends_on', needs)]),
      key: place,
    };
  });
  return {
    services,
    hidden: new Map(),
    networks: none,
    volumes: none,
    secrets: none,
    configs: none,
    models: none,
  };
}

describe('large projects', () => {
  test('a circle through all of them is found without a deep call', () => {
    const [found, ...more] = projectChecker(factsMemo())(ring(20_000));
    assert.equal(found?.rule, 'compose/dependency-cycle');
    assert.deepEqual(more, []);
  });

  test('what one service says is read once', () => {
    const memo = factsMemo();
    const [service] = ring(3).services;
    assert.ok(service);
    assert.equal(memo.of(service.map), memo.of(service.map));
  });
});
