/** Services that extend others, in their own file and in others. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import {
  entryOf,
  plain,
  refusals,
  resolving,
  serviceOf,
  services,
  variables,
} from './resolving.ts';

describe('in the same file', () => {
  test('everything is inherited, through a chain, and `extends` is gone', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  c: {extends: b, cap_add: [C]}
  b: {extends: {service: a}, image: j, environment: [B=b], depends_on: [x]}
  a: {image: i, environment: {A: a}, container_name: n, links: [l], volumes_from: [v], network_mode: none}
`,
    });
    assert.deepEqual(plain(serviceOf(merged, 'c')), {
      image: 'j',
      environment: { A: 'a', B: 'b' },
      container_name: 'n',
      links: ['l'],
      volumes_from: ['v'],
      network_mode: 'none',
      depends_on: ['x'],
      cap_add: ['C'],
    });
    const { chain } = merged.services.get('c') ?? assert.fail();
    assert.deepEqual(
      chain.map(({ name, file }) => `${name} in ${file}`),
      ['b in /p/compose.yaml', 'a in /p/compose.yaml'],
    );
  });

  test('what is inherited says how it came', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  a: {image: i, logging: {driver: d}, cap_add: [A]}
  b: {extends: a, logging: {options: {x: y}}, cap_add: [B]}
`,
    });
    const [image] = entryOf(merged, 'b', 'image').steps;
    assert.ok(image?.kind === 'extends' && image.service === 'a');
    assert.equal(image.at.source.text.slice(image.at.span.start, image.at.span.end), 'a');
    assert.equal(entryOf(merged, 'b', 'logging').steps[0]?.kind, 'override');
    assert.equal(entryOf(merged, 'b', 'logging', 'driver').steps[0]?.kind, 'extends');
    assert.deepEqual(entryOf(merged, 'b', 'logging', 'options').steps, []);
    const caps = entryOf(merged, 'b', 'cap_add').value;
    assert.ok(caps.kind === 'seq');
    assert.deepEqual(
      caps.items.map(({ steps }) => steps.map(({ kind }) => kind)),
      [['extends'], []],
    );
  });

  test('tags take away from what is inherited, and from earlier files', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  a: {image: i, ports: ["1:1"], environment: {A: a, B: b}}
  b: {extends: a, ports: !reset [], environment: {A: !reset null}}
  c: {image: k, ports: ["9:9"], cap_add: [Z], depends_on: [p, q], networks: {n: {}, m: {}}, build: x}
`,
      'compose.override.yaml': `
services:
  base: {image: i, ports: ["2:2"], cap_add: [Y]}
  c:
    extends: base
    ports: !reset []
    cap_add: !override [X]
    depends_on: {p: !reset null, r: {condition: service_started}}
    networks: {n: !reset null}
    build: {context: !reset null, target: t}
`,
    });
    assert.deepEqual(plain(serviceOf(merged, 'b')), { image: 'i', environment: { B: 'b' } });
    assert.deepEqual(plain(serviceOf(merged, 'c')), {
      image: 'i',
      cap_add: ['X'],
      depends_on: {
        q: { condition: 'service_started', required: true },
        r: { condition: 'service_started' },
      },
      networks: { m: {} },
      build: { target: 't' },
    });
    assert.deepEqual(refusals(merged), []);
  });

  test('in a list of the same file no name is reset: it is as it was written', () => {
    const reset = '{x: !reset null, z: }';
    const merged = resolving({
      'compose.yaml': `
services:
  a: {image: i, networks: [x, y], depends_on: [x], build: .}
  b: {extends: a, networks: ${reset}, depends_on: {x: !reset null}, build: {context: !reset null, target: t}}
  c: {extends: {file: compose.yaml, service: a}, networks: ${reset}}
`,
    });
    assert.deepEqual(plain(entryOf(merged, 'b', 'networks').value), { x: null, y: null, z: null });
    assert.deepEqual(Object.keys(plain(entryOf(merged, 'b', 'depends_on').value) ?? {}), ['x']);
    assert.deepEqual(plain(entryOf(merged, 'b', 'build').value), { context: '.', target: 't' });
    assert.deepEqual(plain(entryOf(merged, 'c', 'networks').value), { y: null, z: null });
  });

  test('each file looks in itself, and what later files say of the parent does not count', () => {
    const merged = resolving({
      'compose.yaml': 'services: {a: {image: i}, b: {extends: a}}\n',
      'compose.override.yaml': 'services: {a: {user: u}, c: {extends: b, image: k}}\n',
    });
    assert.deepEqual(services(merged), {
      a: { image: 'i', user: 'u' },
      b: { image: 'i' },
      c: { image: 'k' },
    });
    assert.deepEqual(refusals(merged), ['compose/extends: b']);
  });

  test('a circle is said of each service in it, wherever it was entered', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  out: {extends: a, image: o}
  a: {extends: b, image: i}
  b: {extends: c, image: j}
  c: {extends: a, image: k}
  self: {extends: self, image: s}
`,
    });
    assert.deepEqual(refusals(merged), [
      'compose/extends: b',
      'compose/extends: c',
      'compose/extends: a',
      'compose/extends: self',
    ]);
    assert.deepEqual(services(merged), {
      out: { image: 'o' },
      a: { image: 'i' },
      b: { image: 'j' },
      c: { image: 'k' },
      self: { image: 's' },
    });
    assert.match(merged.refusals[0]?.message ?? '', /a → b → c → a/);
  });

  test('a parent that is missing is said where it is named', () => {
    const merged = resolving({ 'compose.yaml': 'services: {b: {extends: nope, image: i}}\n' });
    assert.deepEqual(refusals(merged), ['compose/extends: nope']);
    assert.deepEqual(plain(serviceOf(merged, 'b')), { image: 'i' });
  });

  test('a parent that hangs on a variable that nobody knows is not judged', () => {
    const merged = resolving(
      { 'compose.yaml': 'services: {b: {extends: "${P}", image: i}}\n' },
      { environment: variables({}, false) },
    );
    assert.deepEqual(refusals(merged), []);
    assert.equal(merged.unread.length, 1);
  });

  test('a chain without an end does not end the program', () => {
    const links = Array.from(
      { length: 3000 },
      (_, index) => `  s${index}: {extends: s${index + 1}}\n`,
    );
    const merged = resolving({
      'compose.yaml': `services:\n${links.join('')}  s3000: {image: i}\n`,
    });
    assert.equal(merged.services.size, 3001);
    assert.ok(merged.refusals.length > 0);
    assert.ok(merged.refusals.every(({ rule }) => rule === 'compose/extends'));
  });
});

describe('in another file', () => {
  test('its paths become absolute, and its own parents are found there', () => {
    const merged = resolving({
      'compose.yaml':
        'services: {a: {extends: {file: sub/base.yaml, service: b}, volumes: ["./own:/own"]}}\n',
      'sub/base.yaml': `
services:
  b:
    extends: {file: deep/more.yaml, service: c}
    build: {context: ., additional_contexts: [x=./foo, y=docker-image://z, w=service:q], ssh: [default, k=./key]}
    env_file: [x.env, {path: ./y.env}]
    label_file: l.env
    volumes: ["./data:/data:ro", "named:/n", "~/h:/h", /abs:/abs, {type: bind, source: rel, target: /r}, {type: volume, source: ./v, target: /v}, /anonymous]
    develop: {watch: [{path: ./src, action: rebuild}]}
`,
      'sub/deep/more.yaml':
        'services: {c: {image: i, env_file: ../../c.env, build: {ssh: {j: ./j}}}}\n',
    });
    assert.deepEqual(plain(serviceOf(merged, 'a')), {
      image: 'i',
      env_file: ['/p/c.env', '/p/sub/x.env', { path: '/p/sub/y.env' }],
      build: {
        ssh: { j: '/p/sub/deep/j', default: null, k: '/p/sub/key' },
        context: '/p/sub',
        additional_contexts: ['x=/p/sub/foo', 'y=docker-image://z', 'w=service:q'],
      },
      label_file: '/p/sub/l.env',
      volumes: [
        '/p/sub/data:/data:ro',
        'named:/n',
        '~/h:/h',
        '/abs:/abs',
        { type: 'bind', source: '/p/sub/rel', target: '/r' },
        { type: 'volume', source: './v', target: '/v' },
        '/anonymous',
        './own:/own',
      ],
      develop: { watch: [{ path: '/p/sub/src', action: 'rebuild' }] },
    });
    assert.deepEqual(
      [...merged.files.keys()],
      ['/p/compose.yaml', '/p/sub/base.yaml', '/p/sub/deep/more.yaml'],
    );
    const { value } = entryOf(merged, 'a', 'label_file');
    assert.ok(value.kind === 'scalar' && value.template === 'l.env');
  });

  test('in the same directory paths stay as they are written', () => {
    const merged = resolving({
      'compose.yaml': 'services: {a: {extends: {file: base.yaml, service: b}}}\n',
      'base.yaml': 'services: {b: {image: i, volumes: ["./x:/x"]}}\n',
    });
    assert.deepEqual(plain(entryOf(merged, 'a', 'volumes').value), ['./x:/x']);
  });

  test('all its documents count before anything is extended', () => {
    const merged = resolving({
      'compose.yaml': 'services: {a: {extends: {file: base.yaml, service: c}}}\n',
      'base.yaml':
        'services: {b: {image: i}}\n---\nservices: {b: {user: u}, c: {extends: b}}\n---\nservices: 1\n',
    });
    assert.deepEqual(plain(serviceOf(merged, 'a')), { image: 'i', user: 'u' });
  });

  test('what is missing is said where it is named', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  a: {extends: {file: none.yaml, service: b}, image: i}
  b: {extends: {file: base.yaml, service: none}, image: i}
  c: {extends: {file: "https://example.com/x.yaml", service: b}, image: i}
  d: {extends: {file: base.yaml, service: bad}}
  e: {extends: {file: base.yaml, service: bad}}
`,
      'base.yaml': 'services: {bad: {image: "${1}"}, other: {image: "${2}"}}\n',
    });
    assert.deepEqual(refusals(merged), [
      'compose/extends: none.yaml',
      'compose/extends: none',
      'compose/invalid-interpolation: ${1}',
    ]);
    assert.deepEqual(
      merged.unread.map(({ address }) => address),
      ['https://example.com/x.yaml'],
    );
  });

  test('a file may extend itself, but not in a circle', () => {
    const merged = resolving({
      'compose.yaml': `
services:
  a: {extends: {file: compose.yaml, service: b}}
  b: {image: i}
  c: {extends: {file: compose.yaml, service: c}, image: i}
`,
    });
    assert.deepEqual(plain(serviceOf(merged, 'a')), { image: 'i' });
    assert.ok(refusals(merged).every((refusal) => refusal === 'compose/extends: c'));
    assert.ok(refusals(merged).length > 0);
  });
});
