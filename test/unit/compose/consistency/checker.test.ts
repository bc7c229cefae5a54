/** Checking again says the same as checking anew, and gives the same objects where nothing changed. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { projectChecker } from '../../../../server/src/compose/consistency/checker.ts';
import { factsMemo } from '../../../../server/src/compose/consistency/facts.ts';
import type { CheckedProject } from '../../../../server/src/compose/consistency/project.ts';
import { readYaml, servicesOf } from '../schema/corpus.ts';
import { projectOf } from './refusals.ts';

const bodies = [
  'image: x',
  'build: .',
  'image: x\n    depends_on: [db]',
  'image: x\n    depends_on: [web]',
  'image: x\n    depends_on: [bd]',
  'image: x\n    networks: [front]',
  'image: x\n    networks: [frnt]\n    links: [api]',
  'image: x\n    profiles: [debug]',
  'build: { context: ., additional_contexts: { a: "service:api" } }',
];

const edit = fc.record({
  name: fc.constantFrom('web', 'db', 'api'),
  body: fc.constantFrom(undefined, ...bodies),
  networks: fc.constantFrom('', 'networks: { front: {} }\n'),
});

test('after any edits', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const check = projectChecker(factsMemo());
      const texts = new Map([['web', bodies[0]]]);
      const maps = new Map<string, CheckedProject['services'][number]>();
      for (const { name, body, networks } of edits) {
        texts.set(name, body);
        maps.delete(name);
        const project = kept(projectOf(readYaml(fileOf(texts, networks))), maps);
        assert.deepEqual(check(project), projectChecker(factsMemo())(project));
      }
    }),
    { numRuns: 100 },
  );
});

test('gives the same list where nothing changed', () => {
  const check = projectChecker(factsMemo());
  const root = readYaml('services:\n  a: { image: x, depends_on: [a], networks: [b] }\n');
  assert.equal(servicesOf(root).length, 1);
  assert.equal(check(projectOf(root)), check(projectOf(root)));
  assert.equal(check(projectOf(root)).length, 2);
});

function fileOf(texts: ReadonlyMap<string, string | undefined>, networks: string): string {
  const services = [...texts].flatMap(([name, body]) =>
    body === undefined ? [] : [`  ${name}:\n    ${body}\n`],
  );
  return `${networks}services:\n${services.join('')}  last: { image: x }\n`;
}

/** With the services that were not edited as they were, as blocks of a file are. */
function kept(
  project: CheckedProject,
  maps: Map<string, CheckedProject['services'][number]>,
): CheckedProject {
  const services = project.services.map((service) => {
    const found = maps.get(service.name) ?? service;
    maps.set(service.name, found);
    return found;
  });
  return { ...project, services };
}
