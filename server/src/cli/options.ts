/** Options that several commands share, and what their values mean. */
import { suggest } from '../config/suggest.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { presets, severities, type Preset, type Severity } from '../core/rule.ts';
import { ruleNames, resolveRuleId } from '../rules/registry.ts';
import type { Given, Option } from './arguments.ts';

export type Threshold = Severity | 'never';

const thresholds: readonly Threshold[] = [...severities, 'never'];

const STANDARD_THRESHOLD: Threshold = 'warning';

/** What decides on the settings, in `check` and `fix` alike. */
export const selectionOptions: readonly Option[] = [
  {
    name: 'preset',
    value: 'PRESET',
    values: presets,
    about: 'Which rules run, whatever the configuration says.',
  },
  {
    name: 'rule',
    value: 'ID',
    repeatable: true,
    about: 'Run this rule and no others; ids of other tools work too, such as DL3002.',
  },
  { name: 'skip', value: 'ID', repeatable: true, about: 'Leave this rule out.' },
  {
    name: 'fail-on',
    value: 'SEVERITY',
    values: thresholds,
    standard: STANDARD_THRESHOLD,
    about: 'The least severity that makes the exit code 1.',
  },
  {
    name: 'config',
    value: 'FILE',
    about: 'Use this configuration for all files, instead of the nearest .dockwright.yaml of each.',
  },
];

/** What the options decide, over whatever the configuration says. */
export interface Selected {
  readonly preset: Preset | undefined;
  readonly only: ReadonlySet<string>;
  readonly skip: ReadonlySet<string>;
  readonly failOn: Threshold;
  readonly config: string | undefined;
}

export function selected(given: Given): Result<Selected, string> {
  const only = ruleIdsOf(given, 'rule');
  if (!only.ok) return only;
  const skip = ruleIdsOf(given, 'skip');
  if (!skip.ok) return skip;
  const left = new Set([...only.value].filter((id) => !skip.value.has(id)));
  if (only.value.size > 0 && left.size === 0) {
    return failed('--skip takes away every rule that --rule names, so nothing is left to check.');
  }
  const preset = given.value('preset');
  const failOn = given.value('fail-on');
  return ok({
    preset: presets.find((name) => name === preset),
    only: left,
    skip: skip.value,
    failOn: thresholds.find((name) => name === failOn) ?? STANDARD_THRESHOLD,
    config: given.value('config'),
  });
}

/** Whether a finding of this severity makes the exit code 1. */
export function isAtLeast(severity: Severity, threshold: Threshold): boolean {
  return threshold !== 'never' && severities.indexOf(severity) <= severities.indexOf(threshold);
}

function ruleIdsOf(given: Given, option: string): Result<ReadonlySet<string>, string> {
  const ids = new Set<string>();
  for (const name of given.values(option)) {
    const id = resolveRuleId(name);
    if (id === undefined) return failed(unknownRule(name));
    ids.add(id);
  }
  return ok(ids);
}

/** What to say about a rule name that nobody knows. */
export function unknownRule(name: string): string {
  const guess = suggest(name, ruleNames);
  const hint =
    guess === undefined ? 'dockwright rules lists them all.' : `Did you mean "${guess}"?`;
  return `There is no rule "${name}". ${hint}`;
}
