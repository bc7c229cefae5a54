/** `include`: what other projects bring, and what Compose refuses of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import {
  entries,
  entryOf,
  plain,
  refusals,
  resolving,
  serviceOf,
  services,
  variables,
} from './resolving.ts';

describe('what is included', () => {
  test('comes with its paths absolute, its own environment, and where it is from', () => {
    const merged = resolving(
      {
        'compose.yaml': `
include: [sub/inc.yaml]
services:
  m: {image: "$SHARED-$OWN", environment: [OWN]}
networks: {shared: }
`,
        'sub/inc.yaml': `
name: other
x-inc: 1
services:
  i: {image: "$SHARED-$OWN", build: {dockerfile: D}, environment: [OWN, NONE, A=b], volumes: [".:/x"]}
  j: {build: ., environment: {OWN: }}
networks: {shared: }
volumes: {v: {driver: local, driver_opts: {o: bind, device: ./dev}}, w: {driver_opts: {device: ./dev}}}
configs: {c: {file: ./c.txt}}
secrets: {s: {file: /abs}}
models: {m: {model: x}}
`,
      },
      {
        environment: variables({ SHARED: 'main' }),
        environments: { '/p/sub': variables({ SHARED: 'inc', OWN: 'own' }) },
      },
    );
    assert.deepEqual(services(merged), {
      i: {
        image: 'main-own',
        build: { dockerfile: 'D', context: '/p/sub' },
        environment: ['OWN=own', 'NONE', 'A=b'],
        volumes: ['/p/sub:/x'],
      },
      j: { build: '/p/sub', environment: { OWN: null } },
      m: { image: 'main-', environment: ['OWN'] },
    });
    assert.deepEqual(entries(merged.volumes), {
      v: { driver: 'local', driver_opts: { o: 'bind', device: '/p/sub/dev' } },
      w: { driver_opts: { device: './dev' } },
    });
    assert.deepEqual(entries(merged.configs), { c: { file: '/p/sub/c.txt' } });
    assert.deepEqual(entries(merged.secrets), { s: { file: '/abs' } });
    assert.deepEqual(entries(merged.networks), { shared: null });
    assert.deepEqual(entries(merged.models), { m: { model: 'x' } });
    assert.deepEqual([...merged.keys.keys()], ['include']);
    assert.equal(merged.extensions.size, 0);
    const [step] = merged.services.get('i')?.declared.steps ?? [];
    assert.ok(step?.kind === 'include' && step.file === '/p/compose.yaml');
    assert.equal(step.at.source.text.slice(step.at.span.start, step.at.span.end), 'sub/inc.yaml');
    assert.equal(merged.volumes.get('v')?.steps[0]?.kind, 'include');
    assert.deepEqual(refusals(merged), []);
    const context = entryOf(merged, 'i', 'build', 'context');
    assert.equal(context.steps[0]?.kind, 'default');
  });

  test('the long form: several files, a project directory, environment files', () => {
    const merged = resolving(
      {
        'compose.yaml': `
include:
  - path: [sub/a.yaml, "$FILE"]
    project_directory: elsewhere
    env_file: [x.env, /dev/null]
`,
        'sub/a.yaml': 'services: {a: {image: $V, volumes: ["./d:/d"]}}\n',
        'sub/b.yaml': 'services: {a: {user: u}}\n',
      },
      {
        environment: variables({ FILE: 'sub/b.yaml' }),
        environments: { '/p/x.env': variables({ V: 'v' }) },
      },
    );
    assert.deepEqual(services(merged), {
      a: { image: 'v', volumes: ['/p/elsewhere/d:/d'], user: 'u' },
    });
    assert.deepEqual(refusals(merged), []);
  });

  test('includes of includes, and a parent that is included', () => {
    const merged = resolving({
      'compose.yaml': 'include: [one/a.yaml]\nservices: {main: {extends: b}}\n',
      'one/a.yaml':
        'include: [two/b.yaml]\nservices: {a: {image: a, extends: {file: two/base.yaml, service: c}}}\n',
      'one/two/b.yaml': 'services: {b: {image: b, volumes: [".:/x"]}}\n',
      'one/two/base.yaml': 'services: {c: {env_file: ./c.env}}\n',
    });
    assert.deepEqual(services(merged), {
      b: { image: 'b', volumes: ['/p/one/two:/x'] },
      a: { image: 'a', env_file: '/p/one/two/c.env' },
      main: { image: 'b', volumes: ['/p/one/two:/x'] },
    });
    assert.deepEqual(
      [...merged.files.keys()].map((file) => file.slice(3)),
      ['compose.yaml', 'one/a.yaml', 'one/two/b.yaml', 'one/two/base.yaml'],
    );
  });

  test('an override file says more of what is included', () => {
    const merged = resolving({
      'compose.yaml': 'include: [inc.yaml]\n',
      'inc.yaml': 'services: {a: {image: i, ports: ["1:1"]}}\n',
      'compose.override.yaml': 'services: {a: {image: j, ports: ["2:2"]}}\n',
    });
    assert.deepEqual(plain(serviceOf(merged, 'a')), { image: 'j', ports: ['1:1', '2:2'] });
    assert.deepEqual(refusals(merged), []);
  });

  test('the same file twice brings the same thing', () => {
    const merged = resolving({
      'compose.yaml': 'include: [a.yaml, b.yaml]\n',
      'a.yaml': 'include: [c.yaml]\n',
      'b.yaml': 'include: [c.yaml]\n',
      'c.yaml': 'services: {c: {image: i, command: [a, {b: c}]}}\nvolumes: {v: }\n',
    });
    assert.deepEqual([...merged.services.keys()], ['c']);
    assert.deepEqual(refusals(merged), []);
  });
});

describe('what is refused', () => {
  test.each([
    ['include: [{env_file: x}]\n', ['compose/include: {env_file: x}']],
    ['include: [none.yaml]\n', ['compose/include: none.yaml']],
    ['include: [{path: a.yaml, env_file: none.env}]\n', ['compose/include: none.env']],
    ['include: [compose.yaml]\n', ['compose/include: compose.yaml']],
    ['include: [b.yaml]\n', ['compose/include: b.yaml']],
    ['include: [a.yaml]\nservices: {a: {image: other}}\n', ['compose/include: a']],
    ['include: [a.yaml]\nvolumes: {v: {driver: x}}\n', ['compose/include: v']],
    ['include: [a.yaml, d.yaml]\n', ['compose/include: d.yaml', 'compose/include: d.yaml']],
    ['include:\n', []],
    ['include: [a.yaml]\nservices: {a: {image: a}}\nvolumes: {v: }\n', []],
  ])('%s', (text, expected) => {
    const merged = resolving({
      'compose.yaml': text,
      'a.yaml': 'services: {a: {image: a}}\nvolumes: {v: }\n',
      'b.yaml': 'include: [c.yaml]\n',
      'c.yaml': 'include: [b.yaml]\n',
      'd.yaml': 'services: {a: {image: d}}\nvolumes: {v: {driver: d}}\n',
    });
    assert.deepEqual(refusals(merged), expected);
  });

  test('what is elsewhere, or hangs on what nobody knows, is left alone', () => {
    const merged = resolving(
      { 'compose.yaml': 'include: ["oci://x/y", "git@example.com:a.git", "$DIR/a.yaml"]\n' },
      { environment: variables({}, false) },
    );
    assert.deepEqual(refusals(merged), []);
    assert.deepEqual(
      merged.unread.map(({ address }) => address),
      ['oci://x/y', 'git@example.com:a.git', '$DIR/a.yaml'],
    );
  });

  test('doubling at every level ends', () => {
    const files: Record<string, string> = { 'compose.yaml': 'include: [f0.yaml]\n' };
    for (let level = 0; level < 14; level++) {
      files[`f${level}.yaml`] = `include: [f${level + 1}.yaml, ./f${level + 1}.yaml]\n`;
    }
    files['f14.yaml'] = 'services: {a: {image: i}}\n';
    assert.ok(refusals(resolving(files)).length > 0);
  });
});
