/** Runs rules on a subject: which of them, with what severity, and what becomes of one that fails. */
import type { Settings } from '../config/settings.ts';
import { presets, type Reported, type Rule, type RuleMeta, type Severity } from '../core/rule.ts';
import type { Source } from '../core/source.ts';

/** A rule that threw: our bug, and no reason for the others to stop. */
export interface Crash {
  readonly rule: string;
  readonly error: unknown;
}

/** What a rule reported, with its name; spans are still offsets in the sources of the subject. */
export interface Raised extends Reported {
  readonly rule: string;
  readonly severity: Severity;
}

export interface Ran {
  readonly raised: Raised[];
  readonly crashes: Crash[];
}

/** A rule that runs, and as what its findings count. */
export interface Active<Subject> {
  readonly rule: Rule<Subject>;
  readonly severity: Severity;
}

/** Those of the rules that run under given settings, worked out once for each. */
export function rulesUnder<Subject>(
  rules: readonly Rule<Subject>[],
): (settings: Settings) => readonly Active<Subject>[] {
  const known = new WeakMap<Settings, readonly Active<Subject>[]>();
  return (settings) => {
    const active = known.get(settings) ?? activeRules(rules, settings);
    known.set(settings, active);
    return active;
  };
}

function activeRules<Subject>(
  rules: readonly Rule<Subject>[],
  settings: Settings,
): readonly Active<Subject>[] {
  return rules.flatMap((rule) => {
    const severity = severityOf(rule, settings);
    return severity === 'off' ? [] : [{ rule, severity }];
  });
}

/** What findings are about whose rules do not say. */
export interface About {
  readonly source?: Source;
  readonly service?: string;
}

const nothing: About = {};

export function runRules<Subject>(
  active: readonly Active<Subject>[],
  subject: Subject,
  about = nothing,
): Ran {
  const raised: Raised[] = [];
  const crashes: Crash[] = [];
  for (const { rule, severity } of active) {
    try {
      for (const { span, message, source, service, fix } of rule.run(subject))
        raised.push({
          rule: rule.id,
          severity,
          span,
          message,
          source: source ?? about.source,
          service: service ?? about.service,
          fix,
        });
    } catch (error) {
      crashes.push({ rule: rule.id, error });
    }
  }
  return { raised, crashes };
}

/** Whether a rule runs under these settings. */
export function runs(
  rule: { readonly id: string; readonly meta: RuleMeta },
  settings: Settings,
): boolean {
  return severityOf(rule, settings) !== 'off';
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
