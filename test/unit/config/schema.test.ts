/** The schema and the documentation of the configuration come from the parser's tables; UPDATE=1 writes them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { format } from 'prettier';
import { describe, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseConfig } from '../../../server/src/config/parse.ts';
import { configSchema, configTable, roleTable } from '../../../server/src/config/schema.ts';
import { allRules, resolveRuleId } from '../../../server/src/rules/registry.ts';
import { expectFile } from '../expect-file.ts';

const SCHEMA = 'docs/schema/dockwright.schema.json';
const PAGE = 'docs/configuration.md';
const ruleIds = allRules.map(({ id }) => id);
const isValid = new Ajv({ allowUnionTypes: true }).compile(configSchema(ruleIds) as object);
const problemsOf = (text: string) => parseConfig(text, '/', resolveRuleId, ruleIds).problems;

test('the schema is the one that is published', async () => {
  expectFile(
    SCHEMA,
    await format(JSON.stringify(configSchema(ruleIds)), { filepath: SCHEMA, printWidth: 100 }),
  );
});

test('the page has the tables', async () => {
  let page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  for (const [name, table] of Object.entries({ keys: configTable(), roles: roleTable() })) {
    const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    assert.match(page, place);
    page = page.replace(place, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
  }
  expectFile(PAGE, await format(page, { filepath: PAGE, printWidth: 100, singleQuote: true }));
});

test('every example of the page is valid', () => {
  const examples = [...readFileSync(PAGE, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)];
  assert.ok(examples.length > 2);
  for (const [, text = ''] of examples) {
    assert.deepEqual(problemsOf(text), [], text);
    assert.ok(isValid(parseYaml(text)), text);
  }
});

describe('schema and parser agree', () => {
  test.each([
    'preset: all',
    'preset: most',
    'presett: all',
    'rules: { compose/require-healthcheck: off }',
    'rules: { compose/require-healthcheck: loud }',
    'rules:',
    'roles: { cache: { cpus: 0.5, memory: 512M } }',
    'roles: { cache: { cpus: "0.0" } }',
    'roles: { cache: { memory: 12q } }',
    'roles: { cash: {} }',
    'services: { any name: { role: web } }',
    'services: { x: { role: wab } }',
    'logging: { max-size: 10m, max-file: 3 }',
    'logging: { max-size: 0m }',
    'logging: { max-file: 0 }',
    'labels: [a.b]',
    'labels: ["a b"]',
    'ignores: a',
    'ignores: ["*"]',
  ])('%s', (text) => {
    assert.equal(isValid(parseYaml(text)), problemsOf(text).length === 0);
  });
});
