/** What README says about the editor's settings comes from the manifest; UPDATE=1 writes it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
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

test('the table of settings in README is current', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const settings = Object.entries(manifest.contributes.configuration.properties).sort(
    ([, a], [, b]) => a.order - b.order,
  );
  assert.ok(settings.length > 0);
  const table = [
    '| setting | what it does | default |',
    '| --- | --- | --- |',
    ...settings.map(([name, setting]) => row(name, setting)),
  ].join('\n');
  const readme = readFileSync('README.md', 'utf8');
  const [before, after] = [
    readme.indexOf('<!-- settings -->'),
    readme.indexOf('<!-- /settings -->'),
  ];
  assert.ok(before > 0 && after > before);
  expectFile(
    'README.md',
    `${readme.slice(0, before)}<!-- settings -->\n\n${table}\n\n${readme.slice(after)}`,
  );
});

function row(name: string, setting: Setting): string {
  const about = setting.markdownDescription ?? setting.description;
  assert.ok(about, `${name} says what it does`);
  const values = setting.enum ? ` One of ${setting.enum.map(code).join(', ')}.` : '';
  const standard = setting.default === '' ? 'empty' : code(String(setting.default));
  return `| ${code(name)} | ${(about + values).replaceAll('|', '\\|')} | ${standard} |`;
}

const code = (text: string): string => `\`${text}\``;
