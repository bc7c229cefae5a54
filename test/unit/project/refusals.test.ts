/** What Compose would refuse of a project, as a check says it: each mistake once, and not what only a run can tell. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'vitest';
import { refusalRules } from '../../../server/src/compose/consistency/catalogue.ts';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { linesOf } from '../../../server/src/core/span.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';
import { findProjects } from '../../oracle/projects.ts';
import { memoryFiles } from '../memory-files.ts';

const ids: ReadonlySet<string> = new Set(refusalRules.map(({ id }) => id));

/** As `line: rule`, lines from 1. */
function refused(path: string, text: string, files: FileFacts): readonly string[] {
  const { findings } = lint({ path, text, language: 'compose' }, defaultSettings, files);
  const { positionAt } = linesOf(text);
  return findings
    .filter(({ rule }) => ids.has(rule))
    .map(({ rule, span }) => `${positionAt(span.start).line + 1}: ${rule}`);
}

const alone = (text: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  refused('/p/compose.yaml', text, memoryFiles({ ...others, '/p/compose.yaml': text }));

const web = 'services:\n  web: { image: a }\n';

describe('a check', () => {
  const projects = findProjects(resolve('test/oracle/fixtures')).filter(
    ({ name, folder }) => name.startsWith('refused/') && existsSync(join(folder, 'compose.yaml')),
  );

  test.each(projects)('says one thing of each line of $name', ({ folder }) => {
    const path = join(folder, 'compose.yaml');
    const found = refused(path, readFileSync(path, 'utf8'), diskFacts());
    const lines = found.map((one) => one.split(':')[0]);
    assert.deepEqual(lines, [...new Set(lines)]);
  });

  test('refuses a file that says nothing, but not one of several', () => {
    assert.deepEqual(alone('# later\n'), ['1: compose/schema']);
    assert.deepEqual(alone(web, { '/p/compose.override.yaml': '# later\n' }), []);
  });

  test('refuses a name of which nothing is left, unless another counts', () => {
    const text = `name: "!!!"\n${web}`;
    assert.deepEqual(alone(text), ['1: compose/invalid-project-name']);
    assert.deepEqual(alone(text, { '/p/.env': 'COMPOSE_PROJECT_NAME=shop\n' }), []);
  });

  test('judges services that profiles switch off, for they may be switched on', () => {
    const text = `${web}  debug: { image: b, profiles: [debug], networks: [none] }\n`;
    assert.deepEqual(alone(text), ['3: compose/undefined-network']);
  });

  test('requires what a file sets to nothing, and leaves open what none sets', () => {
    const text = 'services:\n  web: { image: "a:${TAG:?}" }\n';
    assert.deepEqual(alone(text), []);
    assert.deepEqual(alone(text, { '/p/.env': 'TAG=\n' }), ['2: compose/required-variable']);
    assert.deepEqual(alone(text, { '/p/.env': 'TAG=$OTHER\n' }), []);
  });

  test('judges what a file says before another is laid over it, as Compose does', () => {
    const text = 'services:\n  web:\n    image: a\n    ports: wrong\n';
    const over = 'services:\n  web:\n    ports: !override ["80:80"]\n';
    assert.deepEqual(alone(text, { '/p/compose.override.yaml': over }), ['4: compose/schema']);
  });
});
