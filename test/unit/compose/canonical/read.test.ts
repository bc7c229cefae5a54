/** What rules see of a canonical service. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import * as read from '../../../../server/src/compose/canonical/read.ts';
import { serviceOf } from './reading.ts';

const textAt = ({ source, span }: read.Given<unknown>['place']): string =>
  source.text.slice(span.start, span.end);

describe('reading a canonical service', () => {
  test('ports', () => {
    const ports = read.portsOf(serviceOf('ports: ["127.0.0.1:${P}:80", "53:53/UDP"]'));
    assert.deepEqual(
      ports.map((one) => [one.target, one.address, one.protocol].map((given) => given?.value)),
      [
        [80, '127.0.0.1', 'tcp'],
        [53, undefined, 'udp'],
      ],
    );
    const [first] = ports;
    assert.ok(first?.published && first.published.value === undefined, 'given, and not known');
    assert.equal(textAt(first.place), '"127.0.0.1:${P}:80"');
    assert.equal(read.portsOf(serviceOf('ports: ["80"]'))[0]?.published, undefined);
  });

  test('mounts', () => {
    const mounts = read.mountsOf(serviceOf('volumes: [./a:/a:rw, data:/b]'));
    assert.deepEqual(
      mounts.map((one) =>
        [one.type, one.source, one.target, one.readOnly].map((given) => given?.value),
      ),
      [
        ['bind', '/srv/project/a', '/a', false],
        ['volume', 'data', '/b', undefined],
      ],
    );
    assert.equal(mounts[1]?.readOnly, undefined, 'nobody decided');
  });

  test('environment and labels', () => {
    const service = serviceOf('environment: [A=1, B]\nlabels: {x: 1}\nenv_file: a.env');
    const names = read.environmentOf(service).map(({ name, value }) => [name, value?.value]);
    assert.deepEqual(Object.fromEntries(names), {
      A: '1',
      B: undefined,
      HOSTX: 'hx',
      HOSTX2: '',
      S: 'lower',
    });
    assert.deepEqual(
      read.labelsOf(service).map(({ name, value }) => [name, value?.value]),
      [['x', '1']],
    );
    assert.equal(textAt(read.environmentOf(service)[0]!.place), 'A=1');
  });

  test('networks, dependencies, secrets, configs, env files', () => {
    const service = serviceOf(
      'networks: {n: {aliases: [a, b]}}\ndepends_on: [x]\nlinks: [y]\nsecrets: [s]\nconfigs: [c]\nenv_file: [{path: a.env, required: false}]',
    );
    assert.deepEqual(
      read
        .networksOf(service)
        .map(({ name, aliases }) => [name, aliases.map(({ value }) => value)]),
      [['n', ['a', 'b']]],
    );
    assert.deepEqual(
      read
        .dependenciesOf(service)
        .map((one) => [one.name, one.condition?.value, one.required?.value, one.implied]),
      [
        ['x', 'service_started', true, false],
        ['y', 'service_started', true, true],
      ],
    );
    assert.deepEqual(
      read.secretsOf(service).map((one) => [one.source?.value, one.target?.value]),
      [['s', '/run/secrets/s']],
    );
    assert.deepEqual(
      read.configsOf(service).map((one) => [one.source?.value, one.target?.value]),
      [['c', undefined]],
    );
    assert.deepEqual(
      read.envFilesOf(service).map((one) => [one.path?.value, one.required?.value]),
      [['/srv/project/a.env', false]],
    );
  });

  test('health checks', () => {
    const check = read.healthCheckOf(
      serviceOf('healthcheck: {test: curl x, interval: 1m30s, retries: "3", timeout: "${T}"}'),
    );
    assert.ok(check);
    assert.deepEqual(
      check.test.map(({ value }) => value),
      ['CMD-SHELL', 'curl x'],
    );
    assert.equal(check.interval?.value, 90_000);
    assert.equal(check.retries?.value, 3);
    assert.ok(check.timeout && check.timeout.value === undefined, 'given, and not known');
    assert.equal(check.disabled, false);
    assert.equal(read.healthCheckOf(serviceOf('healthcheck: {test: [NONE]}'))?.disabled, true);
    assert.equal(read.healthCheckOf(serviceOf('image: x')), undefined);
  });

  test('single values', () => {
    const service = serviceOf('image: x\nmem_limit: 1k\ncommand: a b\nprivileged: "yes"');
    assert.equal(read.bytesAt(service, 'mem_limit')?.value, 1024);
    assert.equal(read.textAt(service, 'image')?.value, 'x');
    assert.equal(read.textAt(service, 'build', 'context'), undefined);
    assert.equal(read.flagAt(service, 'privileged')?.value, true);
    assert.deepEqual(
      read.textsAt(service, 'command').map(({ value }) => value),
      ['a', 'b'],
    );
  });
});
