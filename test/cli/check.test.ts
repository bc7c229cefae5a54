/** `dockwright check`: which files, which rules, which settings, which exit code. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import {
  buildCli,
  CLEAN,
  COMPOSE,
  dockwright,
  project,
  WITH_PASSWORD,
  WITHOUT_RESERVATIONS,
} from './dockwright.ts';

beforeAll(buildCli);

interface Json {
  readonly findings: readonly {
    readonly rule: string;
    readonly file: string;
    readonly severity: string;
  }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly errors?: readonly { readonly file: string; readonly message: string }[];
}

/** The rules that are reported, as `file rule`. */
function found(cwd: string, ...args: readonly string[]): readonly string[] {
  const { out } = dockwright(['check', '--format', 'json', ...args], { cwd });
  return (JSON.parse(out) as Json).findings.map(({ rule, file }) => `${file} ${rule}`);
}

describe('exit codes', () => {
  test.each([
    ['nothing found', CLEAN, [], 0],
    ['a warning', COMPOSE, [], 1],
    ['a warning below the threshold', COMPOSE, ['--fail-on', 'error'], 0],
    ['an error at the threshold', WITH_PASSWORD, ['--fail-on', 'error'], 1],
    ['an info below the default threshold', WITHOUT_RESERVATIONS, [], 0],
    ['an info at the threshold', WITHOUT_RESERVATIONS, ['--fail-on', 'info'], 1],
    ['an info above the threshold', WITHOUT_RESERVATIONS, ['--fail-on=hint'], 1],
    ['anything with never', WITH_PASSWORD, ['--fail-on', 'never'], 0],
    ['a syntax error', 'services: [\n', [], 1],
  ])('%s', (_, text, args, expected) => {
    const { code, out } = dockwright(['check', ...args], {
      cwd: project({ 'compose.yaml': text }),
    });
    assert.equal(code, expected, out);
  });
});

describe('which files', () => {
  const files = {
    'compose.yaml': COMPOSE,
    'a/docker-compose.prod.yml': COMPOSE,
    'a/values.yaml': COMPOSE,
    'b c/compose.yaml': COMPOSE,
    'node_modules/x/compose.yaml': COMPOSE,
    'ignored/compose.yaml': COMPOSE,
    '.gitignore': 'ignored/\n',
  };
  const rule = 'compose/require-restart-policy';

  test('by default those below the current folder, in stable order', () => {
    const expected = [
      `a/docker-compose.prod.yml ${rule}`,
      `b c/compose.yaml ${rule}`,
      `compose.yaml ${rule}`,
    ];
    assert.deepEqual(found(project(files)), expected);
  });

  test('named files and folders, each once, whatever the order', () => {
    const root = project(files);
    assert.deepEqual(found(root, 'compose.yaml', 'a', './compose.yaml', join(root, 'a')), [
      `a/docker-compose.prod.yml ${rule}`,
      `compose.yaml ${rule}`,
    ]);
    assert.deepEqual(found(root, 'ignored'), [`ignored/compose.yaml ${rule}`]);
    assert.deepEqual(found(root, '--', 'a'), [`a/docker-compose.prod.yml ${rule}`]);
  });

  test('outside of the current folder by their absolute path', () => {
    const root = project(files);
    assert.deepEqual(found(join(root, 'a'), '../compose.yaml'), [`${root}/compose.yaml ${rule}`]);
  });

  test('none at all is no failure, but said', () => {
    const ran = dockwright(['check'], { cwd: project({ 'values.yaml': '' }) });
    assert.equal(ran.code, 0);
    assert.match(ran.err, /no Compose files or Dockerfiles here\.\n$/);
    assert.equal(ran.out, 'Nothing was checked: there was no file to check.\n');
  });

  test('a named folder without any is told by its name', () => {
    const cwd = project({ 'a b/values.yaml': '', 'compose.yaml': CLEAN });
    const ran = dockwright(['check', 'a b', 'compose.yaml'], { cwd });
    assert.equal(ran.code, 0);
    assert.equal(ran.err, 'There are no Compose files or Dockerfiles in a b.\n');
    assert.equal(ran.out, 'Nothing found in 1 file.\n');
  });
});

describe('which rules', () => {
  test('--rule runs it alone, also from outside of the preset, by any of its names', () => {
    const root = project({ 'compose.yaml': COMPOSE.replace('nginx:1.22', 'nginx') });
    assert.deepEqual(found(root), [
      'compose.yaml compose/require-restart-policy',
      'compose.yaml compose/no-floating-image-tag',
    ]);
    const expected = ['compose.yaml compose/no-floating-image-tag'];
    const { out } = dockwright(['rules', 'compose/no-floating-image-tag', '--format', 'json'], {
      cwd: root,
    });
    const { aliases } = JSON.parse(out) as { readonly aliases: readonly string[] };
    const bare = aliases.map((alias) => alias.slice(alias.indexOf(':') + 1).toUpperCase());
    assert.ok(aliases.length > 0);
    for (const name of ['compose/no-floating-image-tag', ...aliases, ...bare]) {
      assert.deepEqual(found(root, '--rule', name), expected, name);
    }
    assert.equal(
      found(root, '--rule', expected[0]!.split(' ')[1]!, '--rule', 'compose/require-restart-policy')
        .length,
      2,
    );
  });

  test('--skip leaves it out', () => {
    const root = project({ 'compose.yaml': COMPOSE });
    assert.deepEqual(found(root, '--skip', 'compose/require-restart-policy'), []);
  });

  test('--preset takes the place of what the configuration says, and holds the smaller presets', () => {
    const root = project({ 'compose.yaml': COMPOSE, '.dockwright.yaml': 'preset: all\n' });
    const [recommended = [], strict = [], all = []] = ['recommended', 'strict', 'all'].map(
      (preset) => found(root, '--preset', preset),
    );
    assert.deepEqual(recommended, ['compose.yaml compose/require-restart-policy']);
    assert.ok(recommended.every((line) => strict.includes(line)));
    assert.ok(strict.every((line) => all.includes(line)));
    assert.deepEqual(all, found(root), 'which the configuration says');
  });
});

describe('configuration', () => {
  const off = 'rules: { compose/require-restart-policy: off }\n';

  test('the nearest one counts for each file', () => {
    const root = project({
      'compose.yaml': COMPOSE,
      'a/compose.yaml': COMPOSE,
      'a/.dockwright.yaml': off,
      'a/b/compose.yaml': COMPOSE,
      'a/b/.dockwright.yml': 'rules: { compose/require-restart-policy: error }\n',
    });
    assert.deepEqual(found(root), [
      'a/b/compose.yaml compose/require-restart-policy',
      'compose.yaml compose/require-restart-policy',
    ]);
    assert.equal(dockwright(['check', '--fail-on', 'error', 'a'], { cwd: root }).code, 1);
  });

  test('--config counts for all', () => {
    const root = project({
      'compose.yaml': COMPOSE,
      'a/compose.yaml': COMPOSE,
      'ci/config.yaml': off,
    });
    assert.deepEqual(found(root, '--config', 'ci/config.yaml'), []);
  });

  test('`ignores` leaves files out, also named ones, which is said', () => {
    const root = project({ 'a/compose.yaml': COMPOSE, '.dockwright.yaml': 'ignores: [a/]\n' });
    assert.deepEqual(found(root), []);
    const ran = dockwright(['check', 'a/compose.yaml'], { cwd: root });
    assert.equal(ran.code, 0);
    assert.match(ran.err, /^a\/compose\.yaml: left out/);
  });

  test('a broken one is told once, with each place, and what it counts for is not checked', () => {
    const root = project({
      'a/compose.yaml': COMPOSE,
      'a/b/compose.yaml': COMPOSE,
      'a/.dockwright.yaml': 'preset: al\nrules:\n  compose/require-restart-polcy: off\n',
      'compose.yaml': COMPOSE,
    });
    const { code, out, err } = dockwright(['check', '--format', 'json'], { cwd: root });
    const report = JSON.parse(out) as Json;
    assert.equal(code, 2);
    assert.equal(
      err,
      'a/.dockwright.yaml:1:9: Unknown value "al". Did you mean "all"?\n' +
        'a/.dockwright.yaml:3:3: Unknown rule "compose/require-restart-polcy". Did you mean "compose/require-restart-policy"?\n',
    );
    assert.deepEqual(
      report.findings.map(({ file }) => file),
      ['compose.yaml'],
    );
    assert.deepEqual(report.errors?.[0], {
      file: 'a/.dockwright.yaml',
      message: '1:9: Unknown value "al". Did you mean "all"?',
    });
  });

  test('one that is not there', () => {
    const ran = dockwright(['check', '--config', 'x.yaml'], {
      cwd: project({ 'compose.yaml': COMPOSE }),
    });
    assert.equal(ran.code, 2);
    assert.match(ran.err, /^x\.yaml: There is no such file/);
  });
});
