/** What README and the list of rules say comes from the rules and the manifest; `UPDATE=1` writes it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'vitest';
import { allRules, type RuleInfo } from '../../server/src/rules/registry.ts';
import { expectFile } from './expect-file.ts';

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly order: number;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

test('its tables are current', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const settings = Object.entries(manifest.contributes.configuration.properties).sort(
    ([, a], [, b]) => a.order - b.order,
  );
  const readme = readFileSync('README.md', 'utf8');
  const count = (isCounted: (rule: RuleInfo) => boolean): number =>
    allRules.filter(isCounted).length;
  const withRules = section(readme, 'rules', [
    '| rules | about | in `recommended` | with a fix |',
    '| --- | --- | --- | --- |',
    ...Object.entries(kinds).map(([kind, about]) => {
      const isOfKind = ({ id }: RuleInfo): boolean => id.startsWith(`${kind}/`);
      const recommended = count((rule) => isOfKind(rule) && rule.meta.preset === 'recommended');
      const fixed = count((rule) => isOfKind(rule) && rule.safety !== undefined);
      return `| ${count(isOfKind)} × \`${kind}/…\` | ${about} | ${recommended} | ${fixed} |`;
    }),
  ]);
  const withSettings = section(withRules, 'settings', [
    '| setting | what it does | default |',
    '| --- | --- | --- |',
    ...settings.map(([name, setting]) => row(name, setting)),
  ]);
  expectFile('README.md', withSettings);
});

const kinds = {
  compose: 'Compose projects',
  dockerfile: 'Dockerfiles',
  dotenv: 'env files',
  project: 'build contexts and other files',
} as const;

test('the list of rules is current', () => {
  assert.ok(allRules.every(({ id }) => (id.split('/')[0] ?? '') in kinds));
  const path = 'docs/rules/README.md';
  const list = section(readFileSync(path, 'utf8'), 'rules', [
    '| rule | what it asks for | severity | preset | fix |',
    '| --- | --- | --- | --- | --- |',
    ...allRules.map(
      ({ id, meta, safety }) =>
        `| [\`${id}\`](${id}.md) | ${meta.summary.replace(/\.$/, '')} | ${meta.severity} | ${meta.preset} | ${safety ?? ''} |`,
    ),
  ]);
  expectFile(path, list);
});

/** The text with other lines between the two marks of that name. */
function section(text: string, name: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  assert.ok(before > 0 && after > before, `README has the marks of ${name}`);
  return `${text.slice(0, before)}${start}\n\n${lines.join('\n')}\n\n${text.slice(after)}`;
}

function row(name: string, setting: Setting): string {
  const about = setting.markdownDescription ?? setting.description;
  assert.ok(about, `${name} says what it does`);
  const values = setting.enum ? ` One of ${setting.enum.map(code).join(', ')}.` : '';
  const standard = setting.default === '' ? 'empty' : code(String(setting.default));
  return `| ${code(name)} | ${(about + values).replaceAll('|', '\\|')} | ${standard} |`;
}

const code = (text: string): string => `\`${text}\``;

test('its links lead somewhere', () => {
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(
    ([, path]) => path ?? '',
  );
  assert.ok(links.length > 10);
  for (const path of links) assert.ok(path.startsWith('https:') || existsSync(path), path);
});
