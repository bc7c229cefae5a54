/** Whole projects, all rules, one expectation each: what is found, and what fixing makes of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describe, test } from 'vitest';
import { parseConfig } from '../../../server/src/config/parse.ts';
import { defaultSettings, type Settings } from '../../../server/src/config/settings.ts';
import { linesOf } from '../../../server/src/core/span.ts';
import { fixAll } from '../../../server/src/engine/fix.ts';
import { type Input, lint, type Report } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { languageOf } from '../../../server/src/project/language.ts';
import { allRules, resolveRuleId } from '../../../server/src/rules/registry.ts';
import { expectFile } from '../expect-file.ts';

const PROJECTS = 'test/fixtures/projects';
const files = diskFacts();

function settingsOf(folder: string): Settings {
  const text = files.readText(join(folder, '.dockwright.yaml'));
  if (text === undefined) return defaultSettings;
  const { settings, problems } = parseConfig(
    text,
    folder,
    resolveRuleId,
    allRules.map(({ id }) => id),
  );
  assert.deepEqual(problems, []);
  return settings;
}

function inputsOf(folder: string): readonly Input[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((name) => {
      const path = resolve(folder, name);
      const language = languageOf(path);
      if (!language || basename(name).includes('expected') || files.kindOf(path) !== 'file')
        return [];
      return [{ path, language, text: readFileSync(path, 'utf8') }];
    });
}

function describeReport(input: Input, { findings, crashes }: Report, folder: string): string {
  assert.deepEqual(crashes, []);
  const lines = linesOf(input.text);
  const rows = findings.map(({ span, severity, rule, service, fix, message }) => {
    const { start, end } = lines.rangeOf(span);
    const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
    return `  ${place} ${severity} ${rule}${service === undefined ? '' : ` [${service}]`}\n    ${message}${fix ? `\n    fix (${fix.safety}): ${fix.title}` : ''}`;
  });
  return [relative(folder, input.path), ...rows, ''].join('\n');
}

describe.each(readdirSync(PROJECTS))('%s', (name) => {
  const folder = resolve(PROJECTS, name);
  const settings = settingsOf(folder);

  test('findings', () => {
    const reports = inputsOf(folder).map((input) =>
      describeReport(input, lint(input, settings, files), folder),
    );
    expectFile(join(PROJECTS, name, 'expected-findings.txt'), reports.join('\n'));
  });

  test('fixed text', () => {
    for (const input of inputsOf(folder)) {
      const { text } = fixAll(input, settings, files, { unsafe: true });
      const name = `expected-${relative(folder, input.path).replaceAll('/', '-')}.txt`;
      if (text !== input.text) expectFile(join(folder, name), text);
    }
  });

  test('fixing everything leaves nothing to fix, and twice is once', () => {
    for (const input of inputsOf(folder)) {
      const first = fixAll(input, settings, files, { unsafe: true });
      assert.ok(
        !first.remaining.some(
          ({ fix }) => fix && !fix.edits.some(({ file }) => file !== undefined),
        ),
      );
      const second = fixAll({ ...input, text: first.text }, settings, files, { unsafe: true });
      assert.equal(second.text, first.text);
    }
  });
});
