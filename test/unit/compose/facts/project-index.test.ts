/** The index of a project that is edited is that of the same project read from scratch. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { defaultSettings } from '../../../../server/src/config/settings.ts';
import { lint } from '../../../../server/src/engine/lint.ts';
import { memoryOf } from '../../../../server/src/engine/memory.ts';
import { memoryFiles } from '../../memory-files.ts';

const RULES = [
  'compose/no-duplicate-host-port',
  'compose/no-duplicate-container-name',
  'compose/no-unhealthy-dependency',
  'compose/no-unreachable-host',
  'compose/no-unknown-host',
  'compose/no-unset-variable',
  'compose/no-ignored-key',
  'compose/no-unused-network',
];

const settings = { ...defaultSettings, only: new Set(RULES) };

const names = ['web', 'cache', 'caches', 'db'] as const;
const networks = ['front', 'back'] as const;

/** A service that may say anything that the index keeps. */
const service = fc.record({
  name: fc.constantFrom(...names),
  port: fc.constantFrom('', '80', '81'),
  container: fc.constantFrom('', 'one', 'two'),
  host: fc.constantFrom('', 'web', 'cache', 'cachs', 'db'),
  waits: fc.constantFrom('', 'db', 'cache'),
  network: fc.constantFrom('', ...networks),
  shares: fc.constantFrom('', 'db'),
  image: fc.constantFrom('postgres:16', 'shop/api:1', 'shop/api:${TAG}'),
});

type Made = typeof service extends fc.Arbitrary<infer T> ? T : never;

function written({ name, port, container, host, waits, network, shares, image }: Made): string {
  const lines = [
    `  ${name}:`,
    `    image: ${image}`,
    ...(port === '' ? [] : [`    ports: ["${port}:80"]`]),
    ...(container === '' ? [] : [`    container_name: ${container}`]),
    ...(host === '' ? [] : ['    environment:', `      DB_HOST: ${host}`]),
    ...(waits === '' ? [] : [`    depends_on: {${waits}: {condition: service_healthy}}`]),
    ...(shares === '' || shares === name
      ? network === ''
        ? []
        : [`    networks: [${network}]`]
      : [`    network_mode: service:${shares}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function fileOf(services: readonly Made[], external: boolean): string {
  const once = [...new Map(services.map((one) => [one.name, one])).values()];
  const kind = external ? ' {external: true}' : '';
  return `services:\n${once.map(written).join('')}networks:\n  front:${kind}\n  back:\n`;
}

const files = memoryFiles({});

test('after any edits the findings are those of the text alone', () => {
  const state = fc.tuple(fc.array(service, { minLength: 1, maxLength: 5 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 5 }), (states) => {
      const memory = memoryOf(files);
      for (const [services, external] of states) {
        const input = {
          path: '/shop/compose.yaml',
          text: fileOf(services, external),
          language: 'compose' as const,
        };
        const edited = lint(input, settings, files, { memory, isFresh: false });
        const alone = lint(input, settings, files);
        assert.deepEqual(edited.crashes, []);
        assert.deepEqual(edited.findings, alone.findings);
      }
    }),
    { numRuns: 300 },
  );
});

test('a change of one service is seen at another', () => {
  const memory = memoryOf(files);
  const rules = (text: string): readonly string[] =>
    lint({ path: '/shop/compose.yaml', text, language: 'compose' }, settings, files, {
      memory,
      isFresh: false,
    }).findings.map(({ rule, service: name = '' }) => `${name} ${rule}`);
  const web =
    'services:\n  web:\n    image: shop/web:1\n    environment:\n      DB_HOST: db\n    depends_on: {db: {condition: service_healthy}}\n';
  const check = '    healthcheck: {test: ["CMD", "true"]}\n';
  assert.deepEqual(rules(`${web}  db:\n    image: shop/db:1\n`), []);
  assert.deepEqual(rules(`${web}  db:\n    image: postgres:16\n`), [
    'web compose/no-unhealthy-dependency',
  ]);
  assert.deepEqual(rules(`${web}  db:\n    image: postgres:16\n${check}`), []);
  const back = 'networks:\n  back:\n';
  assert.deepEqual(
    rules(`${web}  db:\n    image: postgres:16\n${check}    networks: [back]\n${back}`),
    ['web compose/no-unreachable-host'],
  );
  assert.deepEqual(rules(`${web}  dbs:\n    image: postgres:16\n${check}`), []);
});
