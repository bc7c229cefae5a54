/** Which program is in which image, for health checks: what is certain is said, and nothing else. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { healthCallOf } from '../../../server/src/roles/health-call.ts';
import { contentsOf } from '../../../server/src/roles/image-contents.ts';
import { wirePortOf } from '../../../server/src/roles/wire-ports.ts';

const lacking: readonly (readonly [image: string, programs: string])[] = [
  ['debian:12-slim', 'curl wget redis-cli'],
  ['alpine:3.20', 'curl'],
  ['redis:7-alpine', 'curl pg_isready'],
  ['docker.io/library/redis:7', 'curl wget'],
  ['quay.io/prometheus/node-exporter:v1.8.2', 'curl'],
  ['prom/prometheus:v3.0.0-distroless', 'curl wget sh'],
  ['gcr.io/distroless/static-debian12', 'curl wget sh'],
  ['docker.elastic.co/elasticsearch/elasticsearch:8.15.0', 'wget'],
  ['mariadb', 'curl mysqladmin'],
  ['php:8.3-fpm', 'wget cgi-fcgi'],
];

const silent: readonly (readonly [image: string, programs: string])[] = [
  ['nginx:1.27-alpine', 'curl wget'],
  ['nginx:1.27', 'curl'],
  ['php:8.3-fpm-alpine', 'curl wget'],
  ['redis:7-alpine', 'wget redis-cli'],
  ['mariadb:10.11', 'mysqladmin healthcheck.sh wget'],
  ['python:3.12', 'curl wget'],
  ['grafana/grafana:11', 'curl wget'],
  ['grafana/loki:3', 'curl wget'],
  ['redis:?', 'wget'],
  ['gcr.io/distroless/static-debian12:debug', 'wget'],
  ['shop/redis:7', 'curl'],
  ['mcr.microsoft.com/windows/nanoserver:1809', 'curl'],
];

describe('what is in an image', () => {
  test.each(lacking)('%s lacks %s', (image, programs) => {
    for (const program of programs.split(' '))
      assert.equal(contentsOf(image)?.lacks(program), true, program);
  });

  test.each(silent)('%s may have %s', (image, programs) => {
    for (const program of programs.split(' '))
      assert.notEqual(contentsOf(image)?.lacks(program), true, program);
  });
});

describe('what makes a check fail', () => {
  test.each([
    ['curl -f x || exit 1', 'curl'],
    ['curl -f x || false', 'curl'],
    ['curl -s x | grep -q ok || kill 1', 'curl'],
    ['curl -s x && wget y', 'curl'],
    ['curl -f x || wget y', undefined],
    ['curl -f x || exit 0', undefined],
    ['curl -s x | grep -v bad', undefined],
    ['curl -s x; true', undefined],
    ['if curl x; then exit 0; fi', undefined],
    ['! curl x', undefined],
    ['[ -f /ready ]', undefined],
  ])('%j: %j', (script, program) => {
    assert.equal(healthCallOf({ kind: 'script', script })?.program, program);
  });
});

describe('what is spoken at a port', () => {
  test.each([
    ['php:8.4-fpm-bookworm', 9000, 'FastCGI'],
    ['php:8.4-apache', 9000, undefined],
    ['minio/minio', 9000, undefined],
    ['docker.io/library/mariadb:11', 3306, 'the protocol of MySQL'],
    ['redis:7', 6379, 'the protocol of Redis'],
    ['docker.dragonflydb.io/dragonflydb/dragonfly', 6379, undefined],
    ['redis:7', 9121, undefined],
  ])('%s at %d: %s', (image, port, protocol) => {
    assert.equal(wirePortOf(image, port)?.protocol, protocol);
  });
});
