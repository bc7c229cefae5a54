/** What README says about the rules comes from the rules. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'vitest';
import { allRules } from '../../server/src/rules/registry.ts';
import { expectFile } from './expect-file.ts';

test('its table of rules is current', () => {
  const rows = allRules.map(
    ({ id, meta }) =>
      `| [\`${id}\`](docs/rules/${id}.md) | ${meta.summary.replace(/\.$/, '')} | ${meta.severity} |`,
  );
  const table = ['| rule | what it asks for | severity |', '| --- | --- | --- |', ...rows].join(
    '\n',
  );
  const readme = readFileSync('README.md', 'utf8');
  const [before, after] = [readme.indexOf('<!-- rules -->'), readme.indexOf('<!-- /rules -->')];
  assert.ok(before > 0 && after > before);
  expectFile(
    'README.md',
    `${readme.slice(0, before)}<!-- rules -->\n\n${table}\n\n${readme.slice(after)}`,
  );
});

test('its links lead somewhere', () => {
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(
    ([, path]) => path ?? '',
  );
  assert.ok(links.length > 10);
  for (const path of links) assert.ok(path.startsWith('https:') || existsSync(path), path);
});
