/** Text and settings in, findings out: the one way that editor, terminal and CI all go. */
import { type ComposeFile, parseCompose } from '../compose/model.ts';
import type { Settings } from '../config/settings.ts';
import { suggest } from '../config/suggest.ts';
import { compareFindings, type Finding } from '../core/finding.ts';
import { presets, type Rule, type RuleMeta, type Severity } from '../core/rule.ts';
import { linesOf, type Span } from '../core/span.ts';
import { suppressionsIn } from '../core/suppression.ts';
import { parseDockerfile } from '../dockerfile/model.ts';
import type { FileFacts } from '../project/files.ts';
import type { Language } from '../project/language.ts';
import { composeRules, dockerfileRules, resolveRuleId, ruleNames } from '../rules/registry.ts';
import { composeSubject, dockerfileSubject } from '../rules/subject.ts';

export interface Input {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

/** A rule that threw: our bug, and no reason for the others to stop. */
export interface Crash {
  readonly rule: string;
  readonly error: unknown;
}

export interface Report {
  /** Sorted; what an ignore comment silences is left out. */
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
}

/** In UTF-16 code units. The largest Compose files in the wild have some hundred thousand; parsing takes a second a million. */
const MAX_TEXT_LENGTH = 4_000_000;

/** Never throws for anything that a text can hold. */
export function lint(input: Input, settings: Settings, files: FileFacts): Report {
  const refused = refusalOf(input.text);
  if (refused !== undefined) return { findings: [refused], crashes: [] };
  const { findings, crashes } = look(input, settings, files);
  return { findings: unsuppressed(input, findings).sort(compareFindings), crashes };
}

/** Rules catch their own mistakes; this is for those of the models under them. */
function look(input: Input, settings: Settings, files: FileFacts): Found {
  try {
    return input.language === 'compose'
      ? lintCompose(input, settings, files)
      : lintDockerfile(input, settings, files);
  } catch (error) {
    return { findings: [], crashes: [{ rule: 'the engine', error }] };
  }
}

interface Found {
  readonly findings: Finding[];
  readonly crashes: Crash[];
}

function lintCompose({ text, path }: Input, settings: Settings, files: FileFacts): Found {
  const file: ComposeFile = parseCompose(text);
  // On a broken tree every missing key may be one that stands behind the mistake, and no edit is safe.
  if (file.problems.length > 0)
    return {
      findings: file.problems.map((problem) => syntaxError('compose', problem)),
      crashes: [],
    };
  return run(composeRules, composeSubject(file, path, settings, files), settings);
}

function lintDockerfile({ text, path }: Input, settings: Settings, files: FileFacts): Found {
  const model = parseDockerfile(text);
  if (model.problems.length > 0)
    return {
      findings: model.problems.map((problem) => syntaxError('dockerfile', problem)),
      crashes: [],
    };
  const subject = dockerfileSubject(model, path, settings, files);
  return subject ? run(dockerfileRules, subject, settings) : { findings: [], crashes: [] };
}

function run<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  settings: Settings,
): Found {
  const findings: Finding[] = [];
  const crashes: Crash[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule, settings);
    if (severity === 'off') continue;
    try {
      for (const reported of rule.run(subject))
        findings.push({ rule: rule.id, severity, ...reported });
    } catch (error) {
      crashes.push({ rule: rule.id, error });
    }
  }
  return { findings, crashes };
}

/** What is named goes before the preset: a rule that is asked for by name runs with its own severity. */
function severityOf(
  { id, meta }: { readonly id: string; readonly meta: RuleMeta },
  settings: Settings,
): Severity | 'off' {
  const configured = settings.rules.get(id);
  if (settings.only.size > 0) {
    if (!settings.only.has(id)) return 'off';
    return configured === undefined || configured === 'off' ? meta.severity : configured;
  }
  if (configured !== undefined) return configured;
  return presets.indexOf(meta.preset) <= presets.indexOf(settings.preset) ? meta.severity : 'off';
}

/** What no comment silences, and comments that silence nothing because no rule has that name. */
function unsuppressed({ text, language }: Input, findings: readonly Finding[]): Finding[] {
  const lines = linesOf(text);
  const suppressions = suppressionsIn(text, lines, language === 'compose');
  if (suppressions.length === 0) return [...findings];
  const silenced = suppressions.map(({ rules, line }) => ({
    rules: new Set(rules.map((name) => resolveRuleId(name))),
    line,
  }));
  const kept = findings.filter(({ rule, span }) => {
    const { line } = lines.positionAt(span.start);
    return !silenced.some((one) => one.rules.has(rule) && (one.line ?? line) === line);
  });
  const misspelt = suppressions.flatMap(({ rules, span }) =>
    rules
      .filter((name) => resolveRuleId(name) === undefined)
      .map((name) => unknownIgnore(name, span)),
  );
  return [...kept, ...misspelt];
}

function unknownIgnore(name: string, span: Span): Finding {
  const guess = suggest(name, ruleNames);
  const advice =
    guess === undefined ? '`dockwright rules` lists them all.' : `Did you mean ${guess}?`;
  const message = `There is no rule ${name}, so this comment silences nothing. ${advice}`;
  return { rule: 'project/unknown-ignore', severity: 'warning', message, span };
}

function syntaxError(
  language: Language,
  { message, span }: { readonly message: string; readonly span: Span },
): Finding {
  return { rule: `${language}/syntax`, severity: 'error', message, span };
}

function refusalOf(text: string): Finding | undefined {
  const message =
    text.length > MAX_TEXT_LENGTH
      ? `This file has more than ${MAX_TEXT_LENGTH / 1_000_000} million characters, so it was not checked. Split it with include, or list it under ignores in .dockwright.yaml.`
      : text.includes('\0')
        ? 'This file is no text, so it was not checked. Give it another name, or list it under ignores in .dockwright.yaml.'
        : undefined;
  return message === undefined
    ? undefined
    : { rule: 'project/unchecked-file', severity: 'error', message, span: { start: 0, end: 0 } };
}
