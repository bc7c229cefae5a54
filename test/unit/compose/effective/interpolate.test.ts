/** Variables and casts in the values of a project. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Scalar, Step } from '../../../../server/src/compose/value.ts';
import { entries, entryOf, plain, refusals, resolving, serviceOf, variables } from './resolving.ts';

const known = variables({ NAME: 'web', PORT: '8080', EMPTY: '', YES: 'Yes', DOLLAR: '$NAME' });

function service(text: string, environment = known): ReturnType<typeof resolving> {
  return resolving({ 'compose.yaml': `services:\n  a:\n    ${text}\n` }, { environment });
}

function scalarAt(merged: ReturnType<typeof resolving>, ...keys: readonly string[]): Scalar {
  const { value } = entryOf(merged, 'a', ...keys);
  assert.ok(value.kind === 'scalar');
  return value;
}

describe('variables', () => {
  test.each([
    ['image: app:$PORT', 'app:8080'],
    ['image: "${NAME}:${TAG:-1}"', 'web:1'],
    ["image: '${EMPTY:-d}${EMPTY-e}'", 'd'],
    ['image: ${NAME:+set}${NONE:+unset}', 'set'],
    ['image: $$NAME', '$NAME'],
    ['image: $DOLLAR', '$NAME'],
    ['image: ${NONE:-${NAME}}', 'web'],
    ['image: app', 'app'],
  ])('%s', (text, expected) => {
    assert.equal(plain(entryOf(service(text), 'a', 'image').value), expected);
  });

  test('stand in values at every depth, and not in keys', () => {
    const merged = resolving(
      {
        'compose.yaml': `
x-a: [{b: $NAME}]
services:
  a: {image: i, labels: {$NAME: $NAME}, command: [[$NAME]]}
networks: {$NAME: {name: $NAME}}
`,
      },
      { environment: known },
    );
    assert.deepEqual(plain(serviceOf(merged, 'a')), {
      image: 'i',
      labels: { $NAME: 'web' },
      command: [['web']],
    });
    assert.deepEqual(entries(merged.networks), { $NAME: { name: 'web' } });
    assert.deepEqual(entries(merged.extensions), { 'x-a': [{ b: 'web' }] });
  });

  test('leave what was written, and say where they come from', () => {
    const place = entryOf(service('image: a'), 'a', 'image').value;
    const merged = service('image: ${A}-${B:-d}-${C}-${D:+x}', {
      find: (name) =>
        name === 'A'
          ? { value: 'x', from: 'file', place }
          : name === 'D'
            ? { value: 'y', from: 'process' }
            : undefined,
      complete: false,
    });
    const entry = entryOf(merged, 'a', 'image');
    assert.deepEqual(entry.steps, [
      { kind: 'variable', name: 'A', at: place, from: 'file' },
      { kind: 'variable', name: 'B', at: undefined, from: 'default' },
      { kind: 'variable', name: 'C', at: undefined, from: 'unset' },
      { kind: 'variable', name: 'D', at: undefined, from: 'process' },
    ] satisfies readonly Step[]);
    const scalar = scalarAt(merged, 'image');
    assert.equal(scalar.text, 'x-d--x');
    assert.equal(scalar.template, '${A}-${B:-d}-${C}-${D:+x}');
    assert.deepEqual(scalar.open, ['C']);
  });

  test('nothing is open where all is known', () => {
    assert.deepEqual(scalarAt(service('image: $NONE'), 'image').open, []);
    assert.deepEqual(refusals(service('image: $NONE')), []);
  });

  test.each([
    ['image: a:${TAG', 'compose/invalid-interpolation: ${TAG'],
    ['image: "a:${1}"', 'compose/invalid-interpolation: ${1}'],
    ['image: "a\\t${1}"', 'compose/invalid-interpolation: "a\\t${1}"'],
    ['image: ${TAG:?say it}', 'compose/required-variable: ${TAG:?say it}'],
    ['image: ${EMPTY:?say it}', 'compose/required-variable: ${EMPTY:?say it}'],
  ])('%s is refused', (text, expected) => {
    const merged = service(text);
    assert.deepEqual(refusals(merged), [expected]);
    assert.equal(merged.refusals[0]?.service, 'a');
  });

  test('a variable that is required may be set where the project runs', () => {
    const merged = service('image: ${TAG:?say it}', variables({}, false));
    assert.deepEqual(refusals(merged), []);
    assert.deepEqual(scalarAt(merged, 'image').open, ['TAG']);
  });

  test('what is taken away may say what it likes', () => {
    assert.deepEqual(refusals(service('image: !reset "${1}"')), []);
    assert.deepEqual(refusals(service('labels: !reset {a: "${1}"}')), []);
  });
});

describe('casts', () => {
  test.each([
    ['privileged: "true"', 'privileged', true],
    ['privileged: ${YES}', 'privileged', true],
    ['privileged: "off"', 'privileged', false],
    ['cpus: "1.50"', 'cpus', 1.5],
    ['cpus: ".5e1"', 'cpus', 5],
    ['scale: ${PORT}', 'scale', 8080],
    ['scale: 3', 'scale', 3],
    ['oom_score_adj: "-5"', 'oom_score_adj', -5],
    [
      'ulimits: {nproc: "5", nofile: {soft: "1", hard: $PORT}}',
      'ulimits',
      { nproc: 5, nofile: { soft: 1, hard: 8080 } },
    ],
    ['ports: [{target: "80", published: "80"}]', 'ports', [{ target: 80, published: '80' }]],
    ['mem_limit: "5"', 'mem_limit', '5'],
    ['image: "5"', 'image', '5'],
  ])('%s', (text, key, expected) => {
    const merged = service(text);
    assert.deepEqual(plain(entryOf(merged, 'a', key).value), expected);
    assert.deepEqual(refusals(merged), []);
  });

  test.each([
    ['privileged: "maybe"', '"maybe"'],
    ['scale: "1.5"', '"1.5"'],
    ['cpus: ${NONE}', '${NONE}'],
    ['cpus: "0x10"', '"0x10"'],
  ])('%s is refused', (text, blamed) => {
    assert.deepEqual(refusals(service(text)), [`compose/schema: ${blamed}`]);
  });

  test('nothing is said of what nobody knows, and one thing of what is broken', () => {
    assert.deepEqual(refusals(service('cpus: ${NONE}', variables({}, false))), []);
    assert.deepEqual(refusals(service('cpus: ${1}')), ['compose/invalid-interpolation: ${1}']);
  });

  test('sections have casts of their own', () => {
    const merged = resolving({ 'compose.yaml': 'volumes: {v: {external: "yes", name: "1"}}\n' });
    assert.deepEqual(entries(merged.volumes), { v: { external: true, name: '1' } });
  });
});

test('what no variable touches is the very object that was read', () => {
  const text = 'services: {a: {image: i, labels: {a: b, c: $X}, ports: ["1:1"]}}\n';
  const merged = resolving({ 'compose.yaml': text });
  const { declared } = merged.services.get('a') ?? assert.fail();
  assert.ok(declared.value.kind === 'map');
  assert.equal(entryOf(merged, 'a', 'ports'), declared.value.get('ports'));
  assert.notEqual(entryOf(merged, 'a', 'labels'), declared.value.get('labels'));
});
