/** The program around its commands: help, version, usage errors, `rules`, pipes that close, and our own bugs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { beforeAll, describe, test } from 'vitest';
import { commands } from '../../server/src/cli/commands/table.ts';
import { optionTable } from '../../server/src/cli/help.ts';
import { exitCodeOf } from '../../server/src/cli/session.ts';
import { version } from '../../server/src/cli/version.ts';
import { allRules } from '../../server/src/rules/registry.ts';
import { expectFile } from '../unit/expect-file.ts';
import { buildCli, cleanEnvironment, CLI, COMPOSE, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const PAGE = 'docs/command-line.md';
const run = (...args: readonly string[]) =>
  dockwright(args, { cwd: project({ 'compose.yaml': COMPOSE }) });

describe('help and version', () => {
  test('the version is that of the package', () => {
    const { version: expected } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      version: string;
    };
    assert.equal(version, expected);
    for (const name of ['--version', '-V'])
      assert.deepEqual(run(name), { code: 0, out: `${expected}\n`, err: '' });
  });

  test('the program and each command explain themselves, in 100 columns or by line', () => {
    const { code, out } = run('--help');
    assert.equal(code, 0);
    for (const { name, options } of commands) {
      assert.match(out, new RegExp(`^ {2}${name} +[A-Z]`, 'm'));
      const help = run(name, '--help');
      assert.equal(help.code, 0);
      for (const option of options) assert.ok(help.out.includes(`--${option.name}`), option.name);
      assert.deepEqual(run('help', name), help);
      assert.deepEqual(run(name, '-h'), help);
    }
  });

  test('the page has the options of every command; UPDATE=1 writes them', async () => {
    let page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
    for (const command of commands) {
      const place = new RegExp(
        `(<!-- ${command.name} -->\\n)[\\s\\S]*?(<!-- /${command.name} -->)`,
      );
      assert.match(page, place);
      page = page.replace(
        place,
        (_, start: string, end: string) => `${start}\n${optionTable(command)}\n\n${end}`,
      );
    }
    expectFile(PAGE, await format(page, { filepath: PAGE, printWidth: 100, singleQuote: true }));
  });
});

describe('usage errors end with 2 and say what to do', () => {
  test.each([
    [[], /^Dockwright finds/],
    [['chekc'], /there is no command "chekc"\. Did you mean "check"\?/],
    [['frobnicate'], /Run "dockwright --help"/],
    [['help', 'chek'], /Did you mean "check"/],
    [['check', '--formt', 'json'], /no option --formt\. Did you mean --format\?/],
    [['check', '--fromat'], /^dockwright check: there is no option --fromat\. Did you mean/],
    [['check', '-f'], /no option -f/],
    [['check', ''], /An argument is empty, where \[PATH…\] should stand\. Is a variable not set\?/],
    [['fix', 'compose.yaml', '--', ''], /An argument is empty/],
    [['check', '--format', 'xml'], /--format does not take "xml"\./],
    [['check', '--format', 'jsn'], /Did you mean "json"\?/],
    [['check', '--format'], /--format needs a value: --format FORMAT\./],
    [['check', '--rule', '--skip', 'x'], /--rule needs a value/],
    [
      ['check', '--rule', 'compose/require-healtcheck'],
      /Did you mean "compose\/require-healthcheck"\?/,
    ],
    [
      ['check', '--rule', 'require-restart-policy'],
      /Did you mean "compose\/require-restart-policy"\?/,
    ],
    [['check', '--skip', 'nonsense'], /There is no rule "nonsense"\. dockwright rules lists/],
    [['check', '--preset', 'strikt'], /Did you mean "strict"\?/],
    [
      ['check', '--fail-on', 'warn'],
      /--fail-on does not take "warn"\. It takes error, warning, info, hint, never\./,
    ],
    [['check', '--stdin=1'], /--stdin takes no value/],
    [['check', '--stdin-filename', 'compose.yaml'], /--stdin-filename only goes with --stdin/],
    [
      ['check', '--rule', 'compose/require-healthcheck', '--skip', 'compose/require-healthcheck'],
      /--skip takes away every rule/,
    ],
    [['fix', '--dryrun'], /Did you mean --dry-run\?/],
    [['fix', '--format', 'json'], /^dockwright fix: there is no option --format\./],
    [['rules', 'a', 'b'], /"b" is one argument too many/],
    [['rules', 'compose/require-healtcheck'], /Did you mean "compose\/require-healthcheck"\?/],
    [['rules', '--format', 'sarif'], /It takes json, md\./],
  ])('%j', (args, expected) => {
    const { code, out, err } = run(...args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, expected);
    assert.doesNotMatch(err, /\n +at /);
  });
});

describe('rules', () => {
  test('lists all, one a line', () => {
    const { code, out } = run('rules');
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      allRules.map(({ id }) => id),
    );
  });

  test('says of each how its fix is had', () => {
    const lines = run('rules').out.trimEnd().split('\n');
    const rows = run('rules', '--format', 'md').out.trimEnd().split('\n').slice(2);
    const marks = { safe: '  [fixable]', unsafe: '  [fixable with --unsafe]', none: '' };
    const cells = { safe: 'yes', unsafe: 'with `--unsafe`', none: 'no' };
    for (const [index, { meta, safety = 'none' }] of allRules.entries()) {
      assert.ok(lines[index]!.endsWith(`${meta.summary}${marks[safety]}`), lines[index]);
      assert.ok(rows[index]!.includes(` | ${cells[safety]} | `), rows[index]);
    }
    assert.ok(new Set(allRules.map(({ safety }) => safety)).size > 1);
  });

  test('as JSON and as Markdown', () => {
    const listed = JSON.parse(run('rules', '--format', 'json').out) as Readonly<
      Record<string, unknown>
    >[];
    assert.deepEqual(
      listed.map(({ id }) => id),
      allRules.map(({ id }) => id),
    );
    assert.deepEqual(Object.keys(listed[0]!), [
      'id',
      'severity',
      'preset',
      'fixable',
      'since',
      'summary',
      'why',
      'fix',
      'aliases',
      'examples',
      'docs',
    ]);
    const table = run('rules', '--format', 'md').out.trimEnd().split('\n');
    assert.equal(table.length, allRules.length + 2);
    for (const line of table) assert.equal(line.replaceAll('\\|', '').split('|').length, 7);
  });

  test('one, by any of its names', () => {
    const { meta } = allRules.find(({ id }) => id === 'dockerfile/require-non-root-user')!;
    const [alias = ''] = meta.aliases;
    const { out } = run('rules', alias);
    for (const part of [meta.summary, meta.why, meta.fix, alias])
      assert.ok(out.includes(part), part);
    const page = run('rules', 'dockerfile/require-non-root-user', '--format', 'md').out;
    assert.match(page, /^# dockerfile\/require-non-root-user\n/);
    assert.equal(page, readFileSync('docs/rules/dockerfile/require-non-root-user.md', 'utf8'));
    const one = JSON.parse(run('rules', alias, '--format', 'json').out) as { id: string };
    assert.equal(one.id, 'dockerfile/require-non-root-user');
  });
});

describe('the process', () => {
  test('is silent when whoever reads it stops', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 150 }, (_, i) => [`p${i}/compose.yaml`, COMPOSE]),
    );
    const child = spawn(process.execPath, [CLI, 'check', '--format', 'json'], {
      cwd: project(files),
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, err], [0, '']);
  });

  test('ends at Ctrl-C without a word', async () => {
    const child = spawn(
      process.execPath,
      [CLI, 'check', '--stdin', '--stdin-filename', 'compose.yaml'],
      { env: cleanEnvironment() },
    );
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    // It reads standard input once it takes what we write.
    await new Promise((resolve) => child.stdin.write('services:\n', resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.deepEqual([code, err], [130, '']);
  });

  test('a bug of ours ends with 3, one line and no stack; with DOCKWRIGHT_DEBUG=1 the stack', () => {
    const cwd = project({ 'compose.yaml': COMPOSE });
    const preload = join(cwd, 'break.cjs');
    writeFileSync(preload, `process.stdout.write = () => { throw new Error('kaput'); };\n`);
    const env = { NODE_OPTIONS: `--require ${preload}` };
    const { code, err } = dockwright(['check'], { cwd, env });
    assert.equal(code, 3);
    assert.match(
      err,
      /^dockwright: a mistake of ours \(Error: kaput\)\. Please report it .*issues.*\n$/,
    );
    const debug = dockwright(['check'], { cwd, env: { ...env, DOCKWRIGHT_DEBUG: '1' } });
    assert.equal(debug.code, 3);
    assert.match(debug.err, /\n +at /);
  });

  test('the worst that happened decides on the exit code', () => {
    const all = [false, true].flatMap((crashed) =>
      [false, true].flatMap((failed) =>
        [false, true].map((found) => exitCodeOf({ crashed, failed, found })),
      ),
    );
    assert.deepEqual(all, [0, 1, 2, 2, 3, 3, 3, 3]);
  });
});
