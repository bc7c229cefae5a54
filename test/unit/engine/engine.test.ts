/** What holds whatever the rules are: order, crashes, fixes that would break a file, texts that are not checked. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'vitest';
import { refusalRules } from '../../../server/src/compose/consistency/catalogue.ts';
import { defaultSettings, type Settings } from '../../../server/src/config/settings.ts';
import { fixAll } from '../../../server/src/engine/fix.ts';
import { type Input, lint } from '../../../server/src/engine/lint.ts';
import { allRules, resolveRuleId, rulePageUrl } from '../../../server/src/rules/registry.ts';
import { memoryFiles } from '../memory-files.ts';

const compose = (text: string): Input => ({ path: '/p/compose.yaml', text, language: 'compose' });
const files = memoryFiles({});
const BARE = 'services:\n  a:\n    image: redis:7.2\n  b:\n    image: nginx:1.27.3\n';

describe('lint', () => {
  test('sorts by place, then rule, and does so again', () => {
    const { findings } = lint(compose(BARE), defaultSettings, files);
    const keys = findings.map(({ span, rule }) => [span.start, rule] as const);
    const sorted = [...keys].sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
    assert.deepEqual(keys, sorted);
    assert.deepEqual(lint(compose(BARE), defaultSettings, files).findings, findings);
  });

  test('a rule that throws is a crash of its own, and the others go on', () => {
    const settings = { ...defaultSettings, logging: undefined } as unknown as Settings;
    const { findings, crashes } = lint(compose(BARE), settings, files);
    assert.deepEqual(
      crashes.map(({ rule }) => rule),
      ['compose/require-log-rotation'],
    );
    assert.ok(crashes.every(({ error }) => error instanceof TypeError));
    assert.ok(findings.some(({ rule }) => rule === 'compose/require-resource-limits'));
    assert.equal(fixAll(compose(BARE), settings, files, { unsafe: true }).crashes.length, 1);
  });

  test('a model that throws is a crash too', () => {
    const settings = { ...defaultSettings, roles: {} } as unknown as Settings;
    const { findings, crashes } = lint(compose(BARE), settings, files);
    assert.deepEqual(findings, []);
    assert.deepEqual(
      crashes.map(({ rule }) => rule),
      ['the engine'],
    );
  });

  test('says what it does not check, and why', () => {
    for (const [text, why] of [
      [`services:\n${'  # filler\n'.repeat(500_000)}`, /more than 4 million characters/],
      ['services:\0\n', /no text/],
    ] as const) {
      const { findings } = lint(compose(text), defaultSettings, files);
      assert.equal(findings.length, 1);
      assert.equal(findings[0]?.rule, 'project/unchecked-file');
      assert.match(findings[0].message, why);
    }
  });

  test('a severity of the settings goes before the rule’s own, and what is asked for by name always runs', () => {
    const rule = 'compose/require-log-rotation';
    const severities = (settings: Settings): readonly string[] =>
      lint(compose(BARE), settings, files)
        .findings.filter((finding) => finding.rule === rule)
        .map(({ severity }) => severity);
    const off = { ...defaultSettings, rules: new Map([[rule, 'off' as const]]) };
    assert.deepEqual(severities(off), []);
    assert.deepEqual(severities({ ...off, only: new Set([rule]) }), ['warning', 'warning']);
    const error = { ...defaultSettings, rules: new Map([[rule, 'error' as const]]) };
    assert.deepEqual(severities(error), ['error', 'error']);
  });
});

describe('fixAll', () => {
  test('gives up a fix whose result would not parse, and keeps the others of its round', () => {
    const settings = { ...defaultSettings, logging: { maxSize: '"\n]: {', maxFile: 3 } };
    const result = fixAll(compose(BARE), settings, files, { unsafe: false });
    assert.match(
      result.text,
      /limits:[\s\S]*restart: unless-stopped|restart: unless-stopped[\s\S]*limits:/,
    );
    assert.doesNotMatch(result.text, /logging/);
    const left = result.remaining.filter(({ fix }) => fix);
    assert.deepEqual(
      new Set(left.map(({ rule }) => rule)),
      new Set(['compose/require-log-rotation']),
    );
  });

  test('one rule, one service, or what is safe: nothing else changes', () => {
    const limits = fixAll(compose(BARE), defaultSettings, files, {
      rule: 'compose/require-resource-limits',
      unsafe: true,
    });
    assert.equal(limits.fixed.length, 2);
    const b = fixAll(compose(BARE), defaultSettings, files, { service: 'b', unsafe: true });
    assert.ok(b.text.startsWith(BARE.slice(0, BARE.indexOf('  b:') + 4)));
    const floating = 'services:\n  a:\n    image: redis\n';
    const safe = fixAll(compose(floating), defaultSettings, files, { unsafe: false });
    assert.match(safe.text, /image: redis\n/);
    assert.deepEqual(safe.answers, []);
    const all = fixAll(compose(floating), defaultSettings, files, { unsafe: true });
    assert.match(all.text, /image: redis:\$\{REDIS_VERSION:\?/);
    assert.equal(all.answers.length, 1);
  });
});

describe('fixes that make other files', () => {
  const built = compose('services:\n  a:\n    build: .\n');
  const around = memoryFiles({
    '/p/Dockerfile': 'FROM debian:12-slim\n',
    '/p/compose.yaml': built.text,
  });

  test('come with the others, or are left out where asked', () => {
    const all = fixAll(built, defaultSettings, around, { unsafe: false });
    assert.deepEqual([...all.otherFiles.keys()], ['/p/.dockerignore']);
    const own = fixAll(built, defaultSettings, around, { unsafe: false, ownFileOnly: true });
    assert.equal(own.otherFiles.size, 0);
    assert.equal(own.text, all.text);
    assert.ok(own.remaining.some(({ rule }) => rule === 'project/require-dockerignore'));
  });
});

describe('the registry', () => {
  test('every rule is named as its file is, has a page, and messages that say why', () => {
    for (const { id, meta } of allRules) {
      // What Compose itself refuses is one table, and the rules come from it.
      const isRefusal = refusalRules.some((rule) => rule.id === id);
      assert.equal(existsSync(`server/src/rules/${id}.ts`), !isRefusal, id);
      assert.ok(existsSync(`docs/rules/${id}.md`), id);
      assert.ok(rulePageUrl(id).endsWith(`/docs/rules/${id}.md`));
      assert.match(meta.summary, /^[A-Z].*\.$/);
      assert.ok(meta.why.length > 60, id);
    }
  });

  test('a rule answers to its id and to the names that others gave it, in any case', () => {
    for (const { id, meta } of allRules) {
      for (const alias of meta.aliases) {
        assert.match(
          alias,
          /^(hadolint|buildkit|dockerfile-utils|kics|dclint|trivy|checkov|cis|owasp|compose-go):\S+$/,
        );
        assert.ok(resolveRuleId(alias), alias);
      }
      assert.equal(resolveRuleId(id.toUpperCase()), id);
    }
    assert.equal(resolveRuleId('dl3002'), 'dockerfile/require-non-root-user');
    assert.equal(resolveRuleId('trivy:ds-0026'), 'dockerfile/require-healthcheck');
    assert.equal(resolveRuleId('DL9999'), undefined);
  });
});
