/** SARIF 2.1.0, as code scanning services read it: rules with their help, results with fixes and stable fingerprints. */
import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Severity } from '../../core/rule.ts';
import type { Range } from '../../core/span.ts';
import { allRules, rulePageUrl, type RuleInfo } from '../../rules/registry.ts';
import { errorText, shownPath, type InputError } from '../input.ts';
import type { PlacedFinding, PlacedFix } from '../placed.ts';
import { version } from '../version.ts';
import type { Format, FormatContext } from './format.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

export function sarifFormat({ cwd }: FormatContext): Format {
  return {
    begin: () => `${head(cwd).slice(0, -1)},"results":[`,
    file: ({ findings }) => {
      const seen = new Map<string, number>();
      return findings
        .map((finding) => `\n${JSON.stringify(resultOf(finding, fingerprint(finding, seen)))}`)
        .join(',');
    },
    separator: ',',
    end: ({ errors }) => `\n],"invocations":${JSON.stringify([invocation(errors, cwd)])}}]}\n`,
  };
}

/** The log up to its one run, whose closing bracket the caller leaves out. */
function head(cwd: string): string {
  const run = {
    tool: {
      driver: {
        name: 'Dockwright',
        semanticVersion: version,
        informationUri: 'https://github.com/dockwright/dockwright',
        rules: allRules.map(ruleOf),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { uri: `${pathToFileURL(cwd).href.replace(/\/$/, '')}/` } },
  };
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `{"$schema":"${$schema}","version":"2.1.0","runs":[${JSON.stringify(run)}`;
}

function ruleOf({ id, meta }: RuleInfo): object {
  return {
    id,
    shortDescription: { text: meta.summary },
    fullDescription: { text: `${meta.summary} ${meta.why}` },
    help: { text: `${meta.why}\n\nFix: ${meta.fix}\n\n${rulePageUrl(id)}` },
    helpUri: rulePageUrl(id),
    defaultConfiguration: { level: levels[meta.severity] },
    properties: { tags: [id.split('/')[0], meta.preset], aliases: meta.aliases },
  };
}

function resultOf(finding: PlacedFinding, print: string): object {
  const { rule, severity, message, file, range, service, fixes } = finding;
  const ruleIndex = allRules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(file), region: region(range) },
        ...(service !== undefined && { logicalLocations: [{ name: service, kind: 'service' }] }),
      },
    ],
    partialFingerprints: { 'dockwrightFinding/v1': print },
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
    properties: { severity },
  };
}

function fixOf({ title, safety, edits }: PlacedFix): object {
  const byFile = new Map<string, object[]>();
  for (const { file, range, newText } of edits) {
    const replacement = { deletedRegion: region(range), insertedContent: { text: newText } };
    byFile.set(file, [...(byFile.get(file) ?? []), replacement]);
  }
  return {
    description: { text: title },
    artifactChanges: [...byFile].map(([file, replacements]) => ({
      artifactLocation: artifact(file),
      replacements,
    })),
    properties: { safety },
  };
}

/** Stays the same while lines move: what is said about which service or line, and the how-manieth of its kind. */
function fingerprint(finding: PlacedFinding, seen: Map<string, number>): string {
  const { rule, file, service = '', line } = finding;
  const base = JSON.stringify([rule, file, service, line.trim()]);
  const count = seen.get(base) ?? 0;
  seen.set(base, count + 1);
  return createHash('sha256').update(`${base}${count}`).digest('hex').slice(0, 32);
}

function invocation(errors: readonly InputError[], cwd: string): object {
  return {
    executionSuccessful: errors.length === 0,
    toolConfigurationNotifications: [],
    toolExecutionNotifications: errors.map((error) => ({
      level: 'error',
      message: { text: errorText(error) },
      locations: [{ physicalLocation: { artifactLocation: artifact(shownPath(cwd, error.path)) } }],
    })),
  };
}

/** A file inside of the current folder is relative to it, which is how code scanning finds it in the repository. */
function artifact(file: string): object {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** SARIF counts lines and columns from one. */
function region({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
