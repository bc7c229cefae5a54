/** Where canonical values come from, what is not known of them, and what stays the same object. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { canonicalService } from '../../../../server/src/compose/canonical/service.ts';
import type { Scalar, Value } from '../../../../server/src/compose/value.ts';
import { context, projectOf, rootOf, serviceOf } from './reading.ts';

const textOf = ({ source, span }: Pick<Value, 'source' | 'span'>): string =>
  source.text.slice(span.start, span.end);

function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((here, key) => {
    if (typeof key === 'number') return here?.kind === 'seq' ? here.items[key]?.value : undefined;
    return here?.kind === 'map' ? here.get(key)?.value : undefined;
  }, value);
}

function scalarAt(value: Value, ...path: readonly (string | number)[]): Scalar {
  const found = at(value, ...path);
  assert.equal(found?.kind, 'scalar', path.join('.'));
  return found;
}

describe('provenance', () => {
  test('parts of a short form stand where the short form stands', () => {
    const service = serviceOf('ports: ["8080:80"]\nvolumes: [./data:/data:ro]');
    assert.equal(textOf(scalarAt(service, 'ports', 0, 'target')), '"8080:80"');
    assert.equal(textOf(scalarAt(service, 'ports', 0, 'published')), '"8080:80"');
    assert.equal(textOf(scalarAt(service, 'volumes', 0, 'source')), './data:/data:ro');
    assert.equal(textOf(at(service, 'volumes', 0) ?? service), './data:/data:ro');
  });

  test.each([
    ['ports: ["80"]', ['ports', 0], 'protocol'],
    ['ports: [{target: 80}]', ['ports', 0], 'mode'],
    ['volumes: [./a:/a]', ['volumes', 0, 'bind'], 'create_host_path'],
    ['depends_on: [o]', ['depends_on', 'o'], 'condition'],
    ['build: .', ['build'], 'dockerfile'],
    ['secrets: [x]', ['secrets', 0], 'target'],
    ['env_file: a.env', ['env_file', 0], 'required'],
    ['devices: [/dev/a]', ['devices', 0], 'permissions'],
    ['links: [o]', ['depends_on'], 'o'],
    ['image: x', [], 'networks'],
  ] as const)('%s: Compose supplies the default, and says why', (written, path, key) => {
    const map = at(serviceOf(written), ...path);
    assert.equal(map?.kind, 'map');
    const step = map.get(key)?.steps[0];
    assert.equal(step?.kind, 'default');
    assert.match(step.reason, /^[A-Z].*\.$/);
  });

  test('what is written has no default step', () => {
    const port = at(serviceOf('ports: ["80:80/udp"]'), 'ports', 0);
    assert.equal(port?.kind, 'map');
    for (const key of ['target', 'published', 'protocol'])
      assert.deepEqual(port.get(key)?.steps, []);
  });

  test('a variable of an env file says which file brought it', () => {
    const environment = serviceOf('env_file: a.env').get('environment')?.value;
    assert.equal(environment?.kind, 'map');
    const [step] = environment.get('S')?.steps ?? [];
    assert.deepEqual(step?.kind === 'include' && step.file, '/srv/project/a.env');
  });
});

describe('what only the environment knows', () => {
  test.each([
    ['ports: ["${PORT}:80"]', ['ports', 0, 'published'], ['PORT']],
    ['ports: ["${PORT}:80"]', ['ports', 0, 'target'], []],
    ['ports: ["8080:${PORT}"]', ['ports', 0, 'target'], ['PORT']],
    ['ports: ["${IP}:8080:80"]', ['ports', 0, 'host_ip'], ['IP']],
    ['ports: ["${WHOLE}"]', ['ports', 0, 'target'], ['WHOLE']],
    ['volumes: ["${DATA}:/data"]', ['volumes', 0, 'source'], ['DATA']],
    ['volumes: ["${DATA}:/data"]', ['volumes', 0, 'type'], ['DATA']],
    ['volumes: ["${DATA}:/data"]', ['volumes', 0, 'target'], []],
    ['volumes: ["./${DATA}:/data"]', ['volumes', 0, 'type'], []],
    ['environment: ["A=${B}"]', ['environment', 'A'], ['B']],
    ['mem_limit: "${LIMIT}"', ['mem_limit'], ['LIMIT']],
    ['healthcheck: {interval: "${EVERY}"}', ['healthcheck', 'interval'], ['EVERY']],
    ['build: "${CONTEXT}"', ['build', 'context'], ['CONTEXT']],
    ['devices: ["${DEVICE}:/dev/x"]', ['devices', 0, 'source'], ['DEVICE']],
    ['privileged: "${YES}"', ['privileged'], ['YES']],
    ['cpus: "${CPUS}"', ['cpus'], ['CPUS']],
    ['env_file: "${NAME}.env"', ['env_file', 0, 'path'], ['NAME']],
  ] as const)('%s: %j is open for %j, and nothing is refused', (written, path, open) => {
    const project = projectOf(`services:\n  s:\n    ${written}\n`);
    assert.deepEqual(project.refusals, []);
    assert.deepEqual(scalarAt(serviceOf(written), ...path).open, open);
  });
});

describe('refusals', () => {
  test('an env file that cannot be read says why', () => {
    const project = projectOf('services:\n  s:\n    env_file: a.env\n', {
      envFile: () => ({ kind: 'unreadable', reason: 'Line 2 has no equals sign.' }),
    });
    assert.deepEqual(
      project.refusals.map(({ rule, service, message }) => [rule, service, message]),
      [
        [
          'compose/invalid-value',
          's',
          'The env file /srv/project/a.env cannot be read. Line 2 has no equals sign.',
        ],
      ],
    );
  });

  test('what is wrong inside of an env file is placed there', () => {
    const source = { file: '/srv/project/a.env', text: 'A=1\nB\n' };
    const place = { source, span: { start: 4, end: 5 } };
    const { refusals } = projectOf('services:\n  s:\n    env_file: a.env\n', {
      envFile: () => ({ kind: 'unreadable', reason: 'Line 2.', place }),
    });
    assert.deepEqual(refusals[0]?.place, place);
  });

  test('an env file of an unknown format', () => {
    const file = (format: string) =>
      projectOf(`services:\n  s:\n    env_file: [{path: a.env, format: ${format}}]\n`);
    assert.deepEqual(
      file('xml').refusals.map(({ place }) => textOf(place)),
      ['xml'],
    );
    assert.deepEqual(file('raw').refusals, []);
  });

  test('the missing env file of a service that does not run is none', () => {
    const text = 'services:\n  s:\n    env_file: no.env\n    profiles: [debug]\n';
    assert.deepEqual(projectOf(text).refusals, []);
    assert.equal(
      projectOf(text, { profiles: ['debug'] }).refusals[0]?.rule,
      'compose/missing-env-file',
    );
  });

  test('a service of which one value is refused keeps the others', () => {
    const project = projectOf('services:\n  s:\n    ports: [abc, "80:80"]\n    mem_limit: big\n');
    assert.equal(project.refusals.length, 2);
    assert.equal(at(project.services.get('s')?.map, 'ports', 0, 'target')?.kind, 'scalar');
  });
});

describe('identity', () => {
  test('what is canonical already stays the same object', () => {
    const text =
      'services:\n  s:\n    image: a\n    networks: {n: }\n    environment: {A: b}\n    labels: {x: y}\n    deploy: {mode: global, resources: {limits: {cpus: 1}}}\n    command: [a, b]\n';
    const services = rootOf(text).get('services')?.value;
    const map = services?.kind === 'map' ? services.get('s')?.value : undefined;
    assert.equal(map?.kind, 'map');
    assert.equal(canonicalService(map, context).map, map);
  });

  test('an attribute that changes leaves the others as they are', () => {
    const services = rootOf('services:\n  s:\n    ports: [80]\n    labels: {x: y}\n').get(
      'services',
    );
    const map = services?.value.kind === 'map' ? services.value.get('s')?.value : undefined;
    assert.equal(map?.kind, 'map');
    assert.equal(canonicalService(map, context).map.get('labels'), map.get('labels'));
  });
});

test('whatever a service holds, nothing is thrown', () => {
  const keys = fc.constantFrom(
    ...[
      'ports',
      'volumes',
      'environment',
      'build',
      'deploy',
      'healthcheck',
      'depends_on',
      'networks',
    ],
    ...[
      'devices',
      'ulimits',
      'secrets',
      'extra_hosts',
      'command',
      'env_file',
      'develop',
      'gpus',
      'links',
    ],
    ...[
      'mem_limit',
      'stop_grace_period',
      'provider',
      'models',
      'blkio_config',
      'label_file',
      'x-y',
    ],
  );
  const service = fc.dictionary(keys, fc.jsonValue({ maxDepth: 4 }));
  fc.assert(
    fc.property(service, (value) => {
      projectOf(JSON.stringify({ services: { s: value }, networks: value, volumes: value }));
    }),
    { numRuns: 300 },
  );
});
