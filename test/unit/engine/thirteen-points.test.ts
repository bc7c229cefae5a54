/**
 * The thirteen points that the audit of the sample stack signed off and that are wrong: each that shows in a file is
 * found, by its rule and on its line. `docker/stack/README.md` says what they are.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { linesOf } from '../../../server/src/core/span.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { languageOf } from '../../../server/src/project/language.ts';

const STACK = resolve('docker/stack');
const files = diskFacts();

interface Reported {
  readonly at: string;
  readonly text: string;
  readonly message: string;
}

/** What a rule reports of a file with the settings that everybody has, as `file:line`. */
function reported(rule: string, file: string): readonly Reported[] {
  const path = resolve(STACK, file);
  const text = readFileSync(path, 'utf8');
  const language = languageOf(path);
  assert.ok(language);
  const { findings, crashes } = lint({ path, text, language }, defaultSettings, files);
  assert.deepEqual(crashes, []);
  const { positionAt } = linesOf(text);
  const lines = text.split('\n');
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ span, message }) => {
      const { line } = positionAt(span.start);
      return { at: `${file}:${String(line + 1)}`, text: lines[line] ?? '', message };
    });
}

interface Point {
  readonly point: number;
  readonly rule: string;
  readonly file: string;
  /** Every line that the rule reports in the file, and a part of what stands there. */
  readonly lines: readonly (readonly [line: number, content: string])[];
}

const COMPOSE = 'compose.yaml';
const LEGACY = 'docker/Dockerfile.legacy';
const MODERN = 'docker/Dockerfile.modern';

const points: readonly Point[] = [
  {
    point: 5,
    rule: 'compose/no-live-datadir-backup',
    file: COMPOSE,
    lines: [[205, 'db-data:/var/lib/mysql:ro']],
  },
  {
    // The second is point 1.
    point: 2,
    rule: 'compose/no-impossible-healthcheck',
    file: COMPOSE,
    lines: [
      [33, '"curl", "-f", "http://localhost/health"'],
      [95, 'http://localhost:9000'],
    ],
  },
  { point: 3, rule: 'dockerfile/no-missing-package', file: LEGACY, lines: [[16, 'libaio1t64']] },
  {
    point: 4,
    rule: 'compose/no-published-database-port',
    file: COMPOSE,
    lines: [
      [44, 'TWLAN_DB_PORT:-3307}:3306'],
      [129, 'TWLAN_REDIS_PORT:-6379}:6379'],
    ],
  },
  {
    point: 4,
    rule: 'compose/no-unauthenticated-redis',
    file: COMPOSE,
    lines: [[125, 'twlan-redis:']],
  },
  {
    point: 4,
    rule: 'compose/no-default-password',
    file: COMPOSE,
    lines: [
      [46, 'MYSQL_ROOT_PASSWORD'],
      [49, 'MYSQL_PASSWORD'],
      [77, 'DB_PASSWORD'],
      [178, 'GF_SECURITY_ADMIN_PASSWORD'],
    ],
  },
  {
    point: 6,
    rule: 'compose/no-unscrapable-target',
    file: COMPOSE,
    lines: [[166, './config/prometheus:/etc/prometheus']],
  },
  {
    point: 7,
    rule: 'dockerfile/no-ignored-failure',
    file: LEGACY,
    lines: [[54, 'chmod -R 755 /opt/twlan/bin || true']],
  },
  {
    point: 8,
    rule: 'compose/no-floating-image-tag',
    file: COMPOSE,
    lines: [
      [144, 'phpmyadmin:latest'],
      [158, 'prom/prometheus:latest'],
      [173, 'grafana/grafana:latest'],
      [192, 'alpine:latest'],
    ],
  },
  {
    point: 8,
    rule: 'dockerfile/no-floating-base-image',
    file: MODERN,
    lines: [[31, '--from=composer:latest']],
  },
  {
    point: 9,
    rule: 'compose/no-missing-mount-source',
    file: COMPOSE,
    lines: [
      [108, './config/nginx/nginx.conf'],
      [109, './config/nginx/sites'],
    ],
  },
  {
    point: 10,
    rule: 'project/no-crlf-script',
    file: LEGACY,
    lines: [[50, 'COPY docker/legacy/entrypoint.sh']],
  },
  {
    point: 11,
    rule: 'compose/require-healthcheck',
    file: COMPOSE,
    lines: [
      [143, 'twlan-admin:'],
      [157, 'twlan-prometheus:'],
      [172, 'twlan-grafana:'],
      [191, 'twlan-backup:'],
    ],
  },
];

/** Claims of people about what they did: the first takes a measurement, the second a reader of two papers. */
const NOT_IN_FILES = [12, 13];

describe('the thirteen points', () => {
  test.each(points)('$point: $rule', ({ rule, file, lines }) => {
    const found = reported(rule, file);
    assert.deepEqual(
      found.map(({ at }) => at),
      lines.map(([line]) => `${file}:${String(line)}`),
    );
    for (const [index, [, content]] of lines.entries())
      assert.ok(found[index]?.text.includes(content), content);
  });

  test('1: the message says why the check never passes', () => {
    const [, php] = reported('compose/no-impossible-healthcheck', COMPOSE);
    assert.match(php?.message ?? '', /HTTP to port 9000, which speaks FastCGI/);
  });

  test('2: the message says what is not there', () => {
    const [legacy] = reported('compose/no-impossible-healthcheck', COMPOSE);
    assert.match(legacy?.message ?? '', /calls curl, which the Dockerfile removes/);
  });

  test('6: the message names each target that serves no metrics', () => {
    const [found] = reported('compose/no-unscrapable-target', COMPOSE);
    for (const target of ['twlan-php:9000', 'twlan-db:3306', 'twlan-redis:6379'])
      assert.ok(found?.message.includes(target), target);
  });

  test('no message repeats a password', () => {
    const path = resolve(STACK, COMPOSE);
    const input = { path, text: readFileSync(path, 'utf8'), language: 'compose' } as const;
    const { findings } = lint(input, { ...defaultSettings, preset: 'all' }, files);
    assert.ok(findings.some(({ rule }) => rule === 'compose/no-default-password'));
    for (const { message, fix } of findings)
      assert.doesNotMatch(`${message} ${fix?.title ?? ''}`, /twlan_(root|secure|grafana)_2025/);
  });

  test('each point is found, but for those that stand in no file that is read', () => {
    const found = new Set([1, ...points.map(({ point }) => point)]);
    const all = Array.from({ length: 13 }, (_, index) => index + 1);
    assert.deepEqual(
      all.filter((point) => !found.has(point)),
      NOT_IN_FILES,
    );
  });
});
