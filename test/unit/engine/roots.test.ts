/** Fixes at the root: what several services lack is added once, where what they share is written. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { descend } from '../../../server/src/compose/model.ts';
import { parseFile } from '../../../server/src/compose/file.ts';
import { defaultSettings, type Settings } from '../../../server/src/config/settings.ts';
import { applyEdits } from '../../../server/src/core/edit.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import { fixAll } from '../../../server/src/engine/fix.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { openProject, projectMemo } from '../../../server/src/project/compose-project.ts';
import { memoryFiles } from '../memory-files.ts';

const RESTART = 'compose/require-restart-policy';
const LIMITS = 'compose/require-resource-limits';
const PATH = '/p/compose.yaml';

type Files = Readonly<Record<string, string>>;

const only = (rule: string): Settings => ({ ...defaultSettings, only: new Set([rule]) });

function findingsOf(text: string, rule: string, around: Files = {}): readonly Finding[] {
  const files = memoryFiles({ ...around, [PATH]: text });
  const { findings, crashes } = lint({ path: PATH, text, language: 'compose' }, only(rule), files);
  assert.deepEqual(crashes, []);
  return findings;
}

const firstOf = (text: string, rule: string, around: Files = {}): Finding =>
  findingsOf(text, rule, around)[0] ?? assert.fail('nothing is found');

const fixedAtRoot = (text: string, { alternatives }: Finding, index = 0): string =>
  applyEdits(text, alternatives?.[index]?.edits ?? assert.fail('no such offer'));

const offersOf = ({ alternatives = [] }: Finding): readonly string[] =>
  alternatives.map(({ title, safety, answer }) =>
    [title, safety, ...(answer === undefined ? [] : [answer])].join(' | '),
  );

/** What Compose would run of each service at a path, as text. */
function effective(text: string, path: readonly string[], around: Files = {}): Files {
  const facts = memoryFiles({ ...around, [PATH]: text });
  const parse = (name: string, content: string) => parseFile(name, content);
  const project = openProject(parseFile(PATH, text), { facts, parse }, projectMemo());
  return Object.fromEntries(
    project.services.map(({ name, merged }) => {
      const value = descend(merged, path)?.value;
      return [name, value?.kind === 'scalar' ? value.text : ''];
    }),
  );
}

const many = Array.from(
  { length: 32 },
  (_, index) => `  s${index}:\n    <<: *defaults\n    image: shop/s${index}:1.4\n`,
).join('');
const ANCHOR = `x-defaults: &defaults\n  logging: {driver: local}\n\nservices:\n${many}`;

describe('where services share an anchor', () => {
  test('the fix is offered at the service and at the root, with how many it fixes', () => {
    const findings = findingsOf(ANCHOR, RESTART);
    assert.equal(findings.length, 32);
    for (const finding of findings) {
      assert.match(finding.fix?.title ?? '', /^Restart s\d+ unless it was stopped$/);
      assert.deepEqual(offersOf(finding), ['Add restart to &defaults: fixes 32 services | safe']);
    }
  });

  test('the edit at the root reaches every service', () => {
    const [first] = findingsOf(ANCHOR, RESTART);
    const text = applyEdits(ANCHOR, first?.alternatives?.[0]?.edits ?? []);
    assert.equal(text.length, ANCHOR.length + '  restart: unless-stopped\n'.length);
    const values = Object.values(effective(text, ['restart']));
    assert.deepEqual(
      values,
      Array.from({ length: 32 }, () => 'unless-stopped'),
    );
    assert.deepEqual(findingsOf(text, RESTART), []);
  });

  test('fix all makes the one edit, and counts all that it fixes', () => {
    const input = { path: PATH, text: ANCHOR, language: 'compose' as const };
    const files = memoryFiles({ [PATH]: ANCHOR });
    const result = fixAll(input, only(RESTART), files, { unsafe: false });
    assert.equal(result.edits.length, 1);
    assert.equal(result.fixed.length, 32);
    assert.deepEqual(result.remaining, []);
    const one = fixAll(input, only(RESTART), files, { unsafe: false, service: 's3' });
    assert.equal(one.fixed.length, 1);
    assert.deepEqual(
      Object.entries(effective(one.text, ['restart'])).filter(([, value]) => value !== ''),
      [['s3', 'unless-stopped']],
    );
  });

  test('services that have it themselves are not counted; those whose finding is silenced are named', () => {
    const own = ANCHOR.replace('image: shop/s1:1.4', 'image: shop/s1:1.4\n    restart: always');
    assert.deepEqual(offersOf(firstOf(own, RESTART)), [
      'Add restart to &defaults: fixes 31 services | safe',
    ]);
    const silenced = ANCHOR.replace('  s1:', `  s1: # dockwright ignore=${RESTART} -- by hand`);
    assert.deepEqual(offersOf(firstOf(silenced, RESTART)), [
      'Add restart to &defaults: fixes 31 services | unsafe | Look at s1, which gets it too.',
    ]);
    const input = { path: PATH, text: silenced, language: 'compose' as const };
    const files = memoryFiles({ [PATH]: silenced });
    const { edits, text } = fixAll(input, only(RESTART), files, { unsafe: true });
    assert.equal(edits.length, 31);
    assert.equal(effective(text, ['restart'])['s1'], '');
  });

  test('what is one service alone gets no second offer, and neither does what nothing is shared of', () => {
    const alone =
      'x-a: &a {logging: {driver: local}}\nservices:\n  s:\n    <<: *a\n    image: x:1\n';
    assert.deepEqual(offersOf(firstOf(alone, RESTART)), []);
    const [plain] = findingsOf('services:\n  s:\n    image: x:1\n', RESTART);
    assert.ok(plain && !('alternatives' in plain));
  });

  test('a chain of anchors: the one that reaches most comes first', () => {
    const text = [
      'x-a: &a\n  logging: {driver: local}',
      'x-b: &b\n  <<: *a\n  stop_grace_period: 5s',
      'services:\n  one:\n    <<: *b\n    image: x:1\n  two:\n    <<: *b\n    image: x:2\n',
    ].join('\n');
    const wider = `${text}  three:\n    <<: *a\n    image: x:3\n`;
    const finding = firstOf(wider, RESTART);
    assert.deepEqual(offersOf(finding), [
      'Add restart to &a: fixes 3 services | safe',
      'Add restart to &b: fixes 2 services | safe',
    ]);
    for (const [index, names] of [
      ['one', 'two', 'three'],
      ['one', 'two'],
    ].entries()) {
      const fixed = fixedAtRoot(wider, finding, index);
      const values = effective(fixed, ['restart']);
      for (const name of ['one', 'two', 'three'])
        assert.equal(values[name], names.includes(name) ? 'unless-stopped' : '', name);
    }
    // Where both reach the same services, once is enough.
    assert.equal(findingsOf(text, RESTART)[0]?.alternatives?.length, 1);
  });

  test('a service that hides the whole section with its own is not reached', () => {
    const text =
      'x-a: &a\n  image: x:1\n  deploy:\n    replicas: 2\nservices:\n' +
      '  one:\n    <<: *a\n  two:\n    <<: *a\n  three:\n    <<: *a\n    deploy: {replicas: 1}\n';
    const findings = findingsOf(text, LIMITS);
    assert.equal(findings.length, 3);
    const [one, , three] = findings;
    assert.deepEqual(offersOf(three ?? assert.fail()), []);
    assert.deepEqual(offersOf(one ?? assert.fail()), [
      'Add limits (1.0 CPU, 512M) to &a: fixes 2 services | safe',
    ]);
    const fixed = applyEdits(text, one?.alternatives?.[0]?.edits ?? []);
    assert.deepEqual(effective(fixed, ['deploy', 'resources', 'limits', 'memory']), {
      one: '512M',
      two: '512M',
      three: '',
    });
  });

  test('no limits where Compose would refuse them beside those of another service', () => {
    const text =
      'x-a: &a\n  restart: always\nservices:\n  one:\n    <<: *a\n    image: x:1\n' +
      '  two:\n    <<: *a\n    image: x:2\n  old:\n    <<: *a\n    image: x:3\n    mem_limit: 1g\n    cpus: 2\n';
    assert.deepEqual(offersOf(firstOf(text, LIMITS)), []);
  });

  test('of limits that differ by role the largest is offered, and fix all writes each its own', () => {
    const text =
      'x-a: &a\n  restart: always\nservices:\n  web:\n    <<: *a\n    image: nginx:1.27.3\n' +
      '  db:\n    <<: *a\n    image: postgres:16.4\n';
    assert.deepEqual(offersOf(firstOf(text, LIMITS)), [
      'Add limits (2.0 CPU, 2G) to &a: fixes 2 services | safe',
    ]);
    const input = { path: PATH, text, language: 'compose' as const };
    const files = memoryFiles({ [PATH]: text });
    const fixed = fixAll(input, only(LIMITS), files, { unsafe: false }).text;
    assert.deepEqual(effective(fixed, ['deploy', 'resources', 'limits', 'memory']), {
      web: '512M',
      db: '2G',
    });
  });
});

describe('where services extend one', () => {
  const parent = 'services:\n  base:\n    image: x:1\n';
  const children = '  a:\n    extends: base\n  b:\n    extends: {service: base}\n';

  test('the parent is the root, and its own finding is fixed there', () => {
    const text = parent + children;
    const findings = findingsOf(text, RESTART);
    for (const finding of findings)
      assert.deepEqual(offersOf(finding), ['Add restart to service base: fixes 3 services | safe']);
    const fixed = applyEdits(text, findings[1]?.alternatives?.[0]?.edits ?? []);
    assert.deepEqual(effective(fixed, ['restart']), {
      base: 'unless-stopped',
      a: 'unless-stopped',
      b: 'unless-stopped',
    });
  });

  test('a parent in another file is edited there, by who asks for it and not on the way', () => {
    const text =
      'services:\n  a:\n    extends: {service: base, file: base.yml}\n  b:\n    extends: {service: base, file: base.yml}\n';
    const around = { '/p/base.yml': parent };
    const finding = firstOf(text, RESTART, around);
    assert.deepEqual(offersOf(finding), [
      'Add restart to service base in base.yml: fixes 2 services | safe',
    ]);
    const edit = finding.alternatives?.[0]?.edits[0] ?? assert.fail();
    assert.equal(edit.file, '/p/base.yml');
    const changed = { '/p/base.yml': applyEdits(parent, [edit]) };
    assert.deepEqual(effective(text, ['restart'], changed), {
      a: 'unless-stopped',
      b: 'unless-stopped',
    });
    const input = { path: PATH, text, language: 'compose' as const };
    const files = memoryFiles({ ...around, [PATH]: text });
    const result = fixAll(input, only(RESTART), files, { unsafe: false });
    assert.equal(result.otherFiles.size, 0);
    assert.equal(result.edits.length, 2);
  });

  test('a child that replaces the section is not counted', () => {
    const text = `${parent}    deploy: {replicas: 2}\n${children}    deploy: !override {replicas: 3}\n`;
    const offers = findingsOf(text, LIMITS).map(offersOf);
    assert.equal(
      offers[0]?.[0],
      'Add limits (1.0 CPU, 512M) to service base: fixes 2 services | safe',
    );
    assert.deepEqual(offers[2], []);
  });
});

test('a service that is an alias has no other place for its fix', () => {
  const text = 'x-app: &app\n  image: x:1\nservices:\n  web: *app\n';
  const [finding] = findingsOf(text, RESTART);
  assert.equal(finding?.fix, undefined);
  assert.deepEqual(offersOf(finding ?? assert.fail()), [
    'Add restart to &app: fixes 1 service | safe',
  ]);
  const input = { path: PATH, text, language: 'compose' as const };
  const { text: fixed } = fixAll(input, only(RESTART), memoryFiles({ [PATH]: text }), {
    unsafe: false,
  });
  assert.deepEqual(effective(fixed, ['restart']), { web: 'unless-stopped' });
});
