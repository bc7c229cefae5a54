/** `dockwright model`: what Compose would run, where it comes from, and why Compose would refuse it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { parse } from 'yaml';
import { buildCli, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const PAGE = 'docs/effective-model.md';

/** The blocks of the page of a language, in order: the page is true, or a test fails. */
function blocks(language: string): readonly string[] {
  const found = readFileSync(PAGE, 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g);
  return [...found].flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** The example of the page. */
function shop(): string {
  const [base = '', override = ''] = blocks('yaml');
  const [env = ''] = blocks('dotenv');
  return project({
    'shop/compose.yaml': base,
    'shop/compose.override.yaml': override,
    'shop/.env': env,
  });
}

const run = (cwd: string, ...args: readonly string[]) => dockwright(['model', ...args], { cwd });

describe('the model', () => {
  test('is printed as YAML: that of the page', () => {
    const root = shop();
    const { code, out, err } = run(join(root, 'shop'));
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.equal(out, blocks('yaml')[2]);
  });

  test('is the same for a file, a folder and a folder below', () => {
    const root = shop();
    const { out } = run(join(root, 'shop'));
    for (const path of ['shop', 'shop/compose.yaml', 'shop/compose.override.yaml', 'shop/.env'])
      assert.deepEqual(run(root, path), { code: 0, out, err: '' }, path);
  });

  test('is printed as JSON, which says the same', () => {
    const cwd = join(shop(), 'shop');
    const { code, out } = run(cwd, '--format', 'json');
    assert.equal(code, 0);
    const json = JSON.parse(out) as { services: { web: Record<string, unknown> } };
    const { web } = (parse(run(cwd).out) as { services: { web: Record<string, unknown> } })
      .services;
    assert.equal(json.services.web['image'], web['image']);
    assert.deepEqual(json.services.web['environment'], web['environment']);
    // Compose has a null here where nothing is said.
    assert.equal(json.services.web['command'], null);
  });

  test('has the variables of the process, which go before .env', () => {
    const cwd = join(shop(), 'shop');
    const { out } = dockwright(['model'], { cwd, env: { NGINX_VERSION: '1.27' } });
    assert.match(out, /image: nginx:1\.27\n/);
  });

  test('has the profiles that are switched on', () => {
    const services = ['a', 'b', 'c'].map((name) => `  ${name}:\n    image: busybox:1.35\n`);
    const [a, b, c] = services;
    const text = `services:\n${a}    profiles: [one]\n${b}    profiles: [two]\n${c}`;
    const cwd = project({ 'compose.yaml': text, 'two/.env': 'COMPOSE_PROFILES=two\n' });
    const names = (...args: readonly string[]): readonly string[] => {
      const { out } = run(cwd, '--format', 'json', ...args);
      return Object.keys((JSON.parse(out) as { services: object }).services);
    };
    assert.deepEqual(names(), ['c']);
    assert.deepEqual(names('--profile', 'one'), ['a', 'c']);
    assert.deepEqual(names('--profile', 'one', '--profile', 'two'), ['a', 'b', 'c']);
    assert.deepEqual(names('--profile', '*'), ['a', 'b', 'c']);
  });
});

describe('--explain', () => {
  test('says the lines and the steps: the examples of the page', () => {
    const cwd = join(shop(), 'shop');
    const examples = blocks('console').flatMap((block) => {
      const [, path, expected] =
        /^\$ dockwright model --explain (\S+)\n([\s\S]*)$/.exec(block) ?? [];
      return path === undefined || expected === undefined ? [] : [{ path, expected }];
    });
    assert.ok(examples.length >= 3);
    for (const { path, expected } of examples)
      assert.deepEqual(run(cwd, '--explain', path), { code: 0, out: expected, err: '' }, path);
  });

  test('of a mapping says it of each value in it', () => {
    const { out } = run(join(shop(), 'shop'), '--explain', 'web');
    const paths: readonly string[] = out.match(/^web\.\S+/gm) ?? [];
    for (const path of [
      'web.image',
      'web.environment.MODE',
      'web.ports.0.published',
      'web.restart',
    ])
      assert.ok(paths.includes(path), path);
  });

  test('of what is not there names the services', () => {
    const cwd = join(shop(), 'shop');
    for (const path of ['wbe.image', 'web.imgae', 'web.ports.9']) {
      const { code, out, err } = run(cwd, '--explain', path);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, /the model has no "\S+"\. Start with a service \(web\)/);
    }
  });
});

describe('exit code 2', () => {
  test('where Compose would refuse the project: each reason with its place, and nothing printed', () => {
    const cwd = project({
      'compose.yaml': `services:
  web:
    image: nginx:1.22
    networks: [gone]
  job:
    image: busybox:1.35
    depends_on: [nobody]
`,
    });
    for (const args of [[], ['--format', 'json'], ['--explain', 'web.image']]) {
      const { code, out, err } = run(cwd, ...args);
      assert.equal(code, 2);
      assert.equal(out, '');
      const [network, service, ...rest] = err.trimEnd().split('\n');
      assert.match(network ?? '', /^compose\.yaml:4:16 error .*gone/);
      assert.match(service ?? '', /^compose\.yaml:7:18 error .*nobody/);
      assert.deepEqual(rest, []);
    }
  });

  test('for a mistake of syntax, at its line, without what follows from it', () => {
    const cwd = project({ 'compose.yaml': 'services:\n  web:\n    image: "nginx\n' });
    const { code, out, err } = run(cwd);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, /^compose\.yaml:\d+:\d+ error /);
  });

  test('where there is no project, no path, and too many paths', () => {
    const cwd = project({ 'empty/README.md': 'x' });
    const nothing = run(cwd, 'empty');
    assert.equal(nothing.code, 2);
    assert.equal(nothing.err, 'There is no Compose file in empty, nor in a folder above it.\n');
    const missing = run(cwd, 'gone/compose.yaml');
    assert.equal(missing.code, 2);
    assert.match(missing.err, /there is nothing at gone\/compose\.yaml\./);
    assert.equal(run(cwd, 'a', 'b').code, 2);
    assert.match(run(cwd, '--format', 'xml').err, /--format does not take "xml"/);
  });
});

test('its help has its options and examples', () => {
  const { code, out } = run(project({}), '--help');
  assert.equal(code, 0);
  for (const words of ['--format', '--profile', '--explain SERVICE.KEY', 'dockwright model'])
    assert.ok(out.includes(words), words);
});
