/** Every rule against its fixtures: findings drawn under the text, the fixed text beside it, and its page. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { fixAll, fixFor } from '../../../server/src/engine/fix.ts';
import { type Input, lint } from '../../../server/src/engine/lint.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';
import { allRules } from '../../../server/src/rules/registry.ts';
import { renderRulePage } from '../../../server/src/core/rule-page.ts';
import { expectFile } from '../expect-file.ts';
import { memoryFiles } from '../memory-files.ts';
import { drawMarkers, stripMarkers } from './drawing.ts';

const FIXTURES = 'test/fixtures/rules';

/** By the end of a fixture's name. */
const kinds: Readonly<Record<string, Pick<Input, 'language' | 'path'>>> &
  Readonly<Record<'yaml', Pick<Input, 'language' | 'path'>>> = {
  yaml: { language: 'compose', path: '/shop/compose.yaml' },
  dockerfile: { language: 'dockerfile', path: '/shop/Dockerfile' },
  env: { language: 'dotenv', path: '/shop/.env' },
  example: { language: 'dotenv', path: '/shop/.env.example' },
};

/** A fixture stands in a folder of its own; a file of the same name that ends in `.files.json` says what lies around it. */
function fixture(folder: string, name: string): { input: Input; files: FileFacts } {
  const text = stripMarkers(readFileSync(join(folder, name), 'utf8'));
  const { language, path } = kinds[name.slice(name.lastIndexOf('.') + 1)] ?? kinds.yaml;
  const around = join(folder, name.replace(/\.\w+$/, '.files.json'));
  const texts = existsSync(around)
    ? (JSON.parse(readFileSync(around, 'utf8')) as Record<string, string>)
    : {};
  const absolute = Object.fromEntries(
    Object.entries(texts).map(([file, content]) => [`/shop/${file}`, content]),
  );
  return { input: { path, text, language }, files: memoryFiles({ ...absolute, [path]: text }) };
}

const hasSyntaxError = (input: Input): boolean =>
  lint(input, defaultSettings, memoryFiles({})).findings.some(({ rule }) =>
    rule.endsWith('/syntax'),
  );

describe.each(allRules)('$id', ({ id, meta, safety }) => {
  const settings = { ...defaultSettings, only: new Set([id]) };
  const folder = join(FIXTURES, id);
  const inputs = readdirSync(folder).filter((name) =>
    /^(good|bad)[\w-]*\.(yaml|dockerfile|env|example)$/.test(name),
  );

  test.each(inputs)('%s', (name) => {
    const { input, files } = fixture(folder, name);
    const { findings, crashes } = lint(input, settings, files);
    assert.deepEqual(crashes, []);
    assert.equal(
      findings.length > 0,
      name.startsWith('bad'),
      'the name says whether it is reported',
    );
    expectFile(join(folder, name), drawMarkers(input.text, findings));

    const fixed = fixAll(input, settings, files, { unsafe: true });
    const fixedName = name.replace('.', '.fixed.');
    const anyFix = findings.some((finding) => fixFor(finding));
    if (fixed.text !== input.text) expectFile(join(folder, fixedName), fixed.text);
    else
      assert.ok(
        !existsSync(join(folder, fixedName)),
        'nothing was fixed, so there is no fixed file',
      );
    for (const [path, text] of fixed.otherFiles) {
      expectFile(
        join(
          folder,
          name.replace(
            /\.\w+$/,
            `.fixed${path.slice('/shop'.length).replaceAll('/', '-').replace('-.', '.')}`,
          ),
        ),
        text,
      );
    }
    assert.equal(fixed.fixed.length > 0, anyFix, 'a fix changes something');
    assert.ok(!fixed.remaining.some((left) => fixFor(left)), 'one pass leaves nothing to fix');
    const again = fixAll({ ...input, text: fixed.text }, settings, files, { unsafe: true });
    assert.equal(again.text, fixed.text, 'fixing twice changes nothing more');
    assert.ok(!hasSyntaxError({ ...input, text: fixed.text }), 'the fixed text still parses');
  });

  test.each(inputs.filter((name) => name.startsWith('bad')))(
    '%s with Windows line ends, and without a last one',
    (name) => {
      const { input, files } = fixture(folder, name);
      const variants: readonly ((text: string) => string)[] = [
        (text) => text.replaceAll('\n', '\r\n'),
        (text) => text.replace(/\n$/, ''),
      ];
      const expected = fixAll(input, settings, files, { unsafe: true });
      for (const variant of variants) {
        const text = variant(input.text);
        if (text === input.text) continue;
        const fixed = fixAll({ ...input, text }, settings, files, { unsafe: true });
        assert.equal(fixed.text, variant(expected.text));
        assert.equal(fixed.fixed.length, expected.fixed.length);
      }
    },
  );

  test('is tested both ways', () => {
    assert.ok(inputs.some((name) => name.startsWith('bad')));
    assert.ok(inputs.some((name) => name.startsWith('good')));
  });

  test('its page shows examples that it reports once each', () => {
    for (const text of meta.examples) {
      const language = id.startsWith('dockerfile/') ? 'dockerfile' : 'compose';
      const path = language === 'compose' ? '/shop/compose.yaml' : '/shop/Dockerfile';
      assert.equal(
        lint({ path, text, language }, settings, memoryFiles({})).findings.length,
        1,
        text,
      );
    }
    expectFile(`docs/rules/${id}.md`, renderRulePage({ id, meta, safety }));
  });
});
