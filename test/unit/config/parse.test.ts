/** The configuration file: what it can say, and how its mistakes are told. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { parseConfig } from '../../../server/src/config/parse.ts';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { suggest } from '../../../server/src/config/suggest.ts';
import { linesOf } from '../../../server/src/core/span.ts';

const names: Readonly<Record<string, string>> = {
  'compose/require-healthcheck': 'compose/require-healthcheck',
  'kics:healthcheck_not_set': 'compose/require-healthcheck',
  'dockerfile/require-non-root-user': 'dockerfile/require-non-root-user',
  dl3002: 'dockerfile/require-non-root-user',
};
const parse = (text: string) =>
  parseConfig(text, '/project', (name) => names[name.toLowerCase()], Object.keys(names));

/** Problems as `line:column text under the span: message`. */
const problemsOf = (text: string): readonly string[] =>
  parse(text).problems.map(({ message, span }) => {
    const { line, character } = linesOf(text).positionAt(span.start);
    return `${line + 1}:${character + 1} ${text.slice(span.start, span.end)}: ${message}`;
  });

describe('a valid configuration', () => {
  test('decides what it says, and leaves the rest as it is by default', () => {
    const { settings, problems } = parse(`# comment
preset: strict
rules:
  compose/require-healthcheck: error
  DL3002: off
roles:
  cache: { memory: 768M }
  worker: { cpus: 2.0, memory: 1073741824 }
services:
  store: { role: database }
logging: { max-size: 5m, max-file: 7 }
labels: [org.opencontainers.image.title]
ignores:
  - vendor/**
  - "!vendor/own/**"
`);
    assert.deepEqual(problems, []);
    assert.equal(settings.preset, 'strict');
    assert.deepEqual(
      [...settings.rules],
      [
        ['compose/require-healthcheck', 'error'],
        ['dockerfile/require-non-root-user', 'off'],
      ],
    );
    assert.deepEqual(settings.roles, {
      ...defaultSettings.roles,
      cache: { cpus: '1.0', memory: '768M' },
      worker: { cpus: '2.0', memory: '1073741824' },
    });
    assert.deepEqual([...settings.services], [['store', 'database']]);
    assert.deepEqual(settings.logging, { maxSize: '5m', maxFile: 7 });
    assert.deepEqual(settings.labels, ['org.opencontainers.image.title']);
    assert.deepEqual(settings.ignores, ['vendor/**', '!vendor/own/**']);
    assert.equal(settings.root, '/project');
  });

  test.each(['', '# nothing\n', '---\n', 'rules:\nroles:\nignores:\nlogging:\n', '\uFEFF{}'])(
    'that says nothing (%j) is the default',
    (text) => {
      assert.deepEqual(parse(text), {
        settings: { ...defaultSettings, root: '/project' },
        problems: [],
      });
    },
  );

  test('may use anchors and aliases', () => {
    const { settings, problems } = parse('roles:\n  cache: &a { cpus: 3 }\n  web: *a\n');
    assert.deepEqual(problems, []);
    assert.equal(settings.roles.web.cpus, '3');
  });
});

describe('a mistake is told where it stands', () => {
  test.each([
    ['presett: all', '1:1 presett: Unknown key "presett". Did you mean "preset"?'],
    [
      'frobnicate: 1',
      '1:1 frobnicate: Unknown key "frobnicate". Known: preset, rules, roles, services, logging, restart, healthcheck, reservation-percent, user, labels, ignores.',
    ],
    ['preset: strikt', '1:9 strikt: Unknown value "strikt". Did you mean "strict"?'],
    ['preset: [all]', '1:9 [all]: There is no value here. Known: recommended, strict, all.'],
    ['preset:', '1:1 preset: There is no value here. Known: recommended, strict, all.'],
    [
      'rules:\n  require-healthcheck: error',
      '2:3 require-healthcheck: Unknown rule "require-healthcheck". Did you mean "compose/require-healthcheck"?',
    ],
    ['rules:\n  DL3001: off', '2:3 DL3001: Unknown rule "DL3001". Did you mean "dl3002"?'],
    [
      'rules:\n  dl3002: warn',
      '2:11 warn: Unknown value "warn". Known: error, warning, info, hint, off.',
    ],
    ['rules:\n  dl3002: false', '2:11 false: Unknown value "false". Did you mean "off"?'],
    [
      'rules:\n  dl3002: off\n  dockerfile/require-non-root-user: off',
      '3:3 dockerfile/require-non-root-user: dockerfile/require-non-root-user is set twice. Keep one of both.',
    ],
    ['rules: [dl3002]', '1:8 [dl3002]: Keys with values are needed here, such as "key: value".'],
    ['roles:\n  databse: {}', '2:3 databse: Unknown role "databse". Did you mean "database"?'],
    ['roles:\n  cache: { cpu: 1 }', '2:12 cpu: Unknown key "cpu". Did you mean "cpus"?'],
    [
      'roles:\n  cache: { cpus: 0 }',
      '2:18 0: "0" does not fit here: write a number of CPUs such as 0.5.',
    ],
    [
      'roles:\n  cache: { memory: lots }',
      '2:20 lots: "lots" does not fit here: write a size such as 512M or 2G.',
    ],
    [
      'services:\n  db: { role: databse }',
      '2:15 databse: Unknown value "databse". Did you mean "database"?',
    ],
    ['logging: { max-size: 10x }', '1:22 10x: "10x" does not fit here: write a size such as 10m.'],
    ['logging: { max-file: 0 }', '1:22 0: "0" does not fit here: write a whole number from 1 up.'],
    ['labels: title', '1:9 title: A list is needed here: one value a line, each after "- ".'],
    [
      'ignores: [a, [b], ""]',
      '1:14 [b]: A missing value, list or map does not fit here: write a pattern such as vendor/**.',
      '1:19 "": "" does not fit here: write a pattern such as vendor/**.',
    ],
    ['? [a]\n: b', '1:3 [a]: A key has to be plain text.'],
  ])('%j', (text, ...expected) => {
    assert.deepEqual(problemsOf(text), expected);
  });

  test('and what is right beside it counts', () => {
    const { settings, problems } = parse(
      'preset: all\nrule: {}\nlogging: { max-size: 1k, max-file: x }\n',
    );
    assert.equal(problems.length, 2);
    assert.equal(settings.preset, 'all');
    assert.deepEqual(settings.logging, { maxSize: '1k', maxFile: 3 });
  });

  test('also where it is no YAML', () => {
    assert.match(problemsOf('preset: all\nrules: {\n').join(), /^2:\d|3:\d.*not valid YAML/);
    assert.match(problemsOf('preset: all\npreset: strict\n').join(), /2:1 .*unique/);
    assert.match(problemsOf('a: *b').join(), /b/);
  });

  test('keys that objects have by themselves are no keys', () => {
    assert.equal(problemsOf('constructor: 1\n__proto__: 2\ntoString: 3\n').length, 3);
  });
});

test('no text makes it throw, and every problem lies inside of the text', () => {
  const words = fc.constantFrom(
    'rules',
    'roles',
    'cache',
    ':',
    '\n',
    '  ',
    '- ',
    '{',
    ']',
    '&a',
    '*a',
    '<<',
    '|',
    '"',
    'x',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 25 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const { span } of parse(text).problems) {
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('suggest knows a rule without its group, and is silent about strangers', () => {
  assert.equal(suggest('require-healthcheck', Object.keys(names)), 'compose/require-healthcheck');
  assert.equal(
    suggest('compose/require-healtcheck', Object.keys(names)),
    'compose/require-healthcheck',
  );
  assert.equal(suggest('zzz', Object.keys(names)), undefined);
});
