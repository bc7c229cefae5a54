/** SARIF output against the official schema of 2.1.0, and what code scanning services need beyond it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, test } from 'vitest';
import { buildCli, CLEAN, COMPOSE, dockwright, project } from './dockwright.ts';

beforeAll(buildCli);

const DOCS =
  'https://github.com/dockwright/dockwright/blob/main/docs/rules/compose/require-restart-policy.md';
/** A name that has to be encoded. */
const NASTY = `a, 'b' & <c>: "50%"`;

describe('sarif', () => {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@microsoft/jest-sarif/package.json');
  const schemaPath = join(manifest, '../lib/schemas/sarif-2.1.0-rtm.5.json');
  const { id: _, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8')) as Record<
    string,
    unknown
  >;
  // The official schema is written in draft 4; all that it uses of it means the same in draft 7, but for its `id`.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });

  const sarif = (files: Readonly<Record<string, string | Uint8Array>>): Log => {
    const log: unknown = JSON.parse(
      dockwright(['check', '--format', 'sarif'], { cwd: project(files) }).out,
    );
    assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 1));
    return log as Log;
  };

  interface Result {
    readonly ruleId: string;
    readonly ruleIndex?: number;
    readonly level: string;
    readonly locations: readonly {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: unknown;
      };
    }[];
    readonly partialFingerprints: Readonly<Record<string, string>>;
    readonly fixes?: readonly {
      readonly artifactChanges: readonly { readonly artifactLocation: { readonly uri: string } }[];
    }[];
  }
  interface Log {
    readonly version: string;
    readonly runs: readonly [
      {
        readonly tool: {
          readonly driver: {
            readonly version?: string;
            readonly rules: readonly { readonly id: string; readonly helpUri: string }[];
          };
        };
        readonly results: readonly Result[];
        readonly invocations: readonly [
          {
            readonly executionSuccessful: boolean;
            readonly toolExecutionNotifications: readonly unknown[];
          },
        ];
      },
    ];
  }

  test('the schema is the real one: it refuses what is wrong', () => {
    assert.equal(validate({ version: '2.1.0', runs: [{}] }), false);
    assert.equal(validate({ version: '2.1.0', runs: [], more: 1 }), false);
  });

  test('has rules with their pages, and results with one-based places and fixes', () => {
    const [run] = sarif({ 'compose.yaml': COMPOSE, 'b/compose.yaml': CLEAN }).runs;
    const [result] = run.results;
    assert.equal(run.results.length, 1);
    assert.equal(result!.ruleId, 'compose/require-restart-policy');
    assert.equal(run.tool.driver.rules[result!.ruleIndex!]!.id, result!.ruleId);
    assert.equal(run.tool.driver.rules[result!.ruleIndex!]!.helpUri, DOCS);
    assert.equal(result!.level, 'warning');
    assert.deepEqual(result!.locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'compose.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 6 },
    });
    assert.equal(result!.fixes![0]!.artifactChanges[0]!.artifactLocation.uri, 'compose.yaml');
    assert.equal(run.invocations[0].executionSuccessful, true);
  });

  test('is valid for every kind of finding, for errors, and for nothing', () => {
    sarif({});
    sarif({ 'compose.yaml': 'services: [\n', [`${NASTY}/Dockerfile`]: 'FROM alpine\nRUN true\n' });
    const [run] = sarif({ 'compose.yaml': new Uint8Array(2), '.dockwright.yml': 'x: 1\n' }).runs;
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.equal(run.invocations[0].toolExecutionNotifications.length, 1);
    const created = sarif({
      'compose.yaml': CLEAN.replace('image: nginx:1.22', 'build: .'),
      Dockerfile: 'FROM scratch\n',
      'data.bin': 'x',
    });
    const uris = created.runs[0].results.flatMap(({ fixes = [] }) =>
      fixes.flatMap(({ artifactChanges }) =>
        artifactChanges.map(({ artifactLocation }) => artifactLocation.uri),
      ),
    );
    assert.ok(uris.includes('.dockerignore'), uris.join());
  });

  test('paths are encoded as URIs', () => {
    const [run] = sarif({ [`${NASTY}/compose.yaml`]: COMPOSE }).runs;
    const { uri } = run.results[0]!.locations[0]!.physicalLocation.artifactLocation;
    assert.equal(decodeURIComponent(uri), `${NASTY}/compose.yaml`);
    assert.doesNotMatch(uri, /[ "<>]|%(?![0-9A-F]{2})/);
  });

  test('fingerprints stay when lines move, and differ between findings', () => {
    const two = COMPOSE.replace('services:\n', '').replace('  web:', '  web2:');
    const printsOf = (text: string): readonly string[] =>
      sarif({ 'compose.yaml': text }).runs[0].results.map(
        ({ partialFingerprints }) => partialFingerprints['dockwrightFinding/v1']!,
      );
    const prints = printsOf(COMPOSE + two);
    assert.equal(new Set(prints).size, 2);
    assert.deepEqual(printsOf(`# moved\n\n${COMPOSE}${two}`), prints);
  });
});
