/** Every output format of `check`: its exact text where it is small, its schema where there is one. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, test } from 'vitest';
import {
  buildCli,
  CLEAN,
  COMPOSE,
  dockwright,
  FLOATING,
  project,
  WITH_PASSWORD,
} from './dockwright.ts';

beforeAll(buildCli);

const MESSAGE =
  'Service web stays down after a crash or a reboot of the host. Set restart: unless-stopped.';
const DOCS =
  'https://github.com/dockwright/dockwright/blob/main/docs/rules/compose/require-restart-policy.md';
/** Names that each format has to escape. */
const NASTY = `a, 'b' & <c>: "50%"`;

function checked(
  format: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[] = [],
) {
  return dockwright(['check', '--format', format, ...args], { cwd: project(files) });
}

describe('pretty', () => {
  test('is grouped by file, and says what can be fixed', () => {
    const { out } = checked('pretty', { 'compose.yaml': COMPOSE, 'clean/compose.yaml': CLEAN });
    assert.equal(
      out,
      `compose.yaml\n  2:3  warning  ${MESSAGE}  compose/require-restart-policy  [fixable]\n\n` +
        '1 warning in 2 files. 1 fixable with `dockwright fix`.\n',
    );
  });

  test('says of other fixes that they need --unsafe, and counts by severity', () => {
    const { out } = checked('pretty', {
      'compose.yaml': FLOATING,
      'b/compose.yaml': WITH_PASSWORD,
    });
    assert.match(out, /no-floating-image-tag {2}\[fixable with --unsafe\]/);
    assert.match(out, /\n1 error, 1 warning in 2 files\. .*--unsafe`\.\n$/);
  });

  test('says that nothing was found', () => {
    assert.equal(checked('pretty', { 'compose.yaml': CLEAN }).out, 'Nothing found in 1 file.\n');
  });

  test('says that nothing was checked where no file could be, and why', () => {
    const { out } = checked('pretty', {
      'compose.yaml': new Uint8Array(2),
      Dockerfile: new Uint8Array(2),
    });
    assert.equal(out, 'Nothing was checked, because of 2 problems with the input.\n');
  });

  test('breaks long messages for a terminal below their beginning, and for nothing else', () => {
    const cwd = project({ 'compose.yaml': FLOATING });
    const preload = join(cwd, 'terminal.cjs');
    const inTerminal = (columns: number, ...args: readonly string[]): string => {
      writeFileSync(
        preload,
        `Object.assign(process.stdout, { isTTY: true, columns: ${columns} });\n`,
      );
      const env = { NODE_OPTIONS: `--require ${preload}`, NO_COLOR: '1' };
      return dockwright(args, { cwd, env }).out;
    };
    const piped = dockwright(['check'], { cwd }).out;
    assert.equal(piped.split('\n').length, 5);
    for (const [columns, ...args] of [
      [60, 'check'],
      [60, 'fix'],
    ] as const) {
      const lines = inTerminal(columns, ...args).split('\n');
      const first = lines.findIndex((line) => / {2}warning {2}/.test(line));
      const last = lines.indexOf('', first);
      assert.ok(last - first > 2, lines.join('\n'));
      const column = / warning +/.exec(lines[first]!)!;
      const indent = ' '.repeat(column.index + column[0].length);
      for (const [i, line] of lines.slice(first, last).entries()) {
        assert.ok(line.length <= columns, line);
        if (i > 0) assert.match(line, new RegExp(`^${indent}\\S`));
      }
      const words = (text: string): readonly string[] => text.split(/\s+/);
      const told = words(lines.slice(first, last).join(' '));
      assert.deepEqual(told.slice(1), words(piped.split('\n')[1]!).slice(1), 'and loses no word');
    }
    assert.equal(inTerminal(38, 'check'), piped, 'unless there is no room for words');
    assert.equal(inTerminal(500, 'check'), piped);
  });

  test('has colours only where they are wanted', () => {
    const cwd = project({ 'compose.yaml': COMPOSE });
    const hasColors = (env: Readonly<Record<string, string>>): boolean =>
      dockwright(['check'], { cwd, env }).out.includes('\u001B[33mwarning');
    assert.equal(hasColors({}), false);
    assert.equal(hasColors({ FORCE_COLOR: '1' }), true);
    assert.equal(hasColors({ FORCE_COLOR: '0' }), false);
    assert.equal(hasColors({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  });
});

describe('json', () => {
  const isValid = new Ajv();
  addFormats.default(isValid);
  const validate = isValid.compile(
    JSON.parse(readFileSync('docs/schema/findings.schema.json', 'utf8')) as AnySchema,
  );

  test('is exactly the contract', () => {
    const { out } = checked('json', { 'compose.yaml': COMPOSE });
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      findings: [
        {
          rule: 'compose/require-restart-policy',
          aliases: (JSON.parse(out) as { findings: [{ aliases: string[] }] }).findings[0].aliases,
          severity: 'warning',
          message: MESSAGE,
          file: 'compose.yaml',
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
          service: 'web',
          fixes: [
            {
              title: 'Restart web unless it was stopped',
              safety: 'safe',
              edits: (JSON.parse(out) as { findings: [{ fixes: [{ edits: unknown }] }] })
                .findings[0].fixes[0].edits,
            },
          ],
          docs: DOCS,
        },
      ],
      summary: { files: 1, errors: 0, warnings: 1, infos: 0, hints: 0 },
    });
  });

  test('is valid for findings of every kind, errors and nothing at all', () => {
    for (const files of [
      { 'compose.yaml': CLEAN },
      {},
      { 'compose.yaml': 'services: [\n', Dockerfile: 'FROM alpine\nRUN true\n' },
      {
        'compose.yaml': new Uint8Array(2),
        'b/compose.yaml': WITH_PASSWORD,
        '.dockwright.yml': 'x: 1\n',
      },
      {
        'a/compose.yaml': COMPOSE.replace('image: nginx:1.22', 'build: .'),
        'a/Dockerfile': 'FROM alpine\n',
      },
    ]) {
      const { out } = checked('json', files);
      assert.ok(validate(JSON.parse(out)), JSON.stringify(validate.errors));
    }
  });

  test('its edits, applied by a program that knows no more than them, silence the finding', () => {
    const cwd = project({ 'compose.yaml': COMPOSE });
    const { out } = dockwright(['check', '--format', 'json'], { cwd });
    const [finding] = (JSON.parse(out) as { findings: { fixes: { edits: Edit[] }[] }[] }).findings;
    let text = COMPOSE;
    for (const { range, newText } of finding!.fixes[0]!.edits) {
      text =
        text.slice(0, offset(text, range.start)) + newText + text.slice(offset(text, range.end));
    }
    const again = dockwright(['check', '--stdin', '--stdin-filename', 'compose.yaml'], {
      cwd,
      stdin: text,
    });
    assert.equal(again.code, 0, again.out);
  });

  interface Place {
    readonly line: number;
    readonly character: number;
  }
  interface Edit {
    readonly range: { readonly start: Place; readonly end: Place };
    readonly newText: string;
  }
  const offset = (text: string, { line, character }: Place): number =>
    text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
});

describe('github', () => {
  test('is workflow commands with their escapes', () => {
    const { out } = checked('github', { 'a, b: 50%/compose.yaml': COMPOSE });
    assert.equal(
      out,
      '::warning file=a%2C b%3A 50%25/compose.yaml,line=2,col=3,endColumn=5,endLine=2,' +
        `title=compose/require-restart-policy::${MESSAGE}\n`,
    );
  });

  test('an error of the input is one too', () => {
    const { out, code } = checked('github', { 'compose.yaml': new Uint8Array(2) });
    assert.equal(code, 2);
    assert.match(out, /^::error file=compose\.yaml::This is not text/);
  });

  test('a name cannot smuggle a command in', () => {
    const { out } = checked('github', { 'a\n::error::b/compose.yaml': COMPOSE });
    assert.match(out, /^::warning file=a%0A%3A%3Aerror%3A%3Ab\/compose\.yaml,/);
    assert.equal(out.trimEnd().split('\n').length, 1);
  });
});

describe('junit', () => {
  test('has a suite per file, with what fails the run as failures', () => {
    const files = { 'compose.yaml': COMPOSE, 'clean/compose.yaml': CLEAN };
    const suites = (result: string, failures: number): string =>
      '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dockwright">\n' +
      '  <testsuite name="clean/compose.yaml" tests="1" failures="0" errors="0">\n' +
      '    <testcase classname="clean/compose.yaml" name="no findings"/>\n  </testsuite>\n' +
      `  <testsuite name="compose.yaml" tests="1" failures="${failures}" errors="0">\n` +
      `    <testcase classname="compose.yaml" name="compose/require-restart-policy (2:3)">${result}</testcase>\n` +
      '  </testsuite>\n</testsuites>\n';
    const text = `compose.yaml:2:3 warning: ${MESSAGE}&#10;${DOCS}`;
    assert.equal(
      checked('junit', files).out,
      suites(
        `<failure type="compose/require-restart-policy" message="${MESSAGE}">${text}</failure>`,
        1,
      ),
    );
    assert.equal(
      checked('junit', files, ['--fail-on', 'error']).out,
      suites(`<system-out>${text}</system-out>`, 0),
    );
  });

  test('escapes, and stays well-formed', () => {
    const { out } = checked('junit', {
      [`${NASTY}\u0001/compose.yaml`]: COMPOSE,
      'b/compose.yaml': new Uint8Array(2),
    });
    assert.ok(out.includes(`a, 'b' &amp; &lt;c&gt;: &quot;50%&quot;\uFFFD/compose.yaml`));
    assert.match(out, /<testsuite name="b\/compose\.yaml" tests="1" failures="0" errors="1">/);
    assert.match(out, /<error message="This is not text/);
    // Every tag that opens closes, and nothing stands outside of tags that should not.
    const rest = out.replace(/<\?.*?\?>|<\w+(?: \w+="[^"<]*")*\/>/g, '');
    let inner = rest;
    for (let before = ''; before !== inner;) {
      before = inner;
      inner = inner.replace(/<(\w[\w-]*)(?: \w+="[^"<]*")*>[^<]*<\/\1>/g, '');
    }
    assert.equal(inner.trim(), '');
  });
});
