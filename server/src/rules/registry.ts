/** The only list of rules; drivers, pages and tests take theirs from here. */
import type { Safety } from '../core/edit.ts';
import type { Rule, RuleMeta } from '../core/rule.ts';
import { compareText } from '../core/finding.ts';
import { noDefaultPassword } from './compose/no-default-password.ts';
import { noFloatingImageTag } from './compose/no-floating-image-tag.ts';
import { requireHealthcheck } from './compose/require-healthcheck.ts';
import { requireLogRotation } from './compose/require-log-rotation.ts';
import { requireReadOnlyConfigMount } from './compose/require-read-only-config-mount.ts';
import { requireResourceLimits } from './compose/require-resource-limits.ts';
import { requireResourceReservations } from './compose/require-resource-reservations.ts';
import { requireRestartPolicy } from './compose/require-restart-policy.ts';
import { requireImageHealthcheck } from './dockerfile/require-healthcheck.ts';
import { requireNonRootUser } from './dockerfile/require-non-root-user.ts';
import { requireOciLabels } from './dockerfile/require-oci-labels.ts';
import {
  requireDockerignoreInCompose,
  requireDockerignoreInDockerfile,
} from './project/require-dockerignore.ts';
import type { DockerfileSubject, ProjectSubject, ServiceSubject } from './subject.ts';

/** In the order in which fixes are tried: limits come before the reservations that are a share of them. */
export const serviceRules: readonly Rule<ServiceSubject>[] = [
  requireRestartPolicy,
  requireHealthcheck,
  requireResourceLimits,
  requireResourceReservations,
  requireLogRotation,
  noFloatingImageTag,
  noDefaultPassword,
  requireReadOnlyConfigMount,
];

/** What takes more than one service to see. */
export const projectRules: readonly Rule<ProjectSubject>[] = [requireDockerignoreInCompose];

/** USER comes last, so that nothing behind it still needs root. */
export const dockerfileRules: readonly Rule<DockerfileSubject>[] = [
  requireOciLabels,
  requireImageHealthcheck,
  requireNonRootUser,
  requireDockerignoreInDockerfile,
];

/** In the order in which fixes are tried. */
export const ruleOrder: readonly string[] = [
  ...serviceRules,
  ...projectRules,
  ...dockerfileRules,
].map(({ id }) => id);

export interface RuleInfo {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly safety: Safety | undefined;
}

/** Every rule once, sorted by id. */
export const allRules: readonly RuleInfo[] = [
  ...new Map<string, RuleInfo>(
    [...serviceRules, ...projectRules, ...dockerfileRules].map((rule) => [rule.id, rule]),
  ).values(),
].sort((a, b) => compareText(a.id, b.id));

const aliases = allRules.flatMap(({ id, meta }) =>
  meta.aliases.map((alias) => [alias, id] as const),
);

/** Every name that a rule goes by, and the rule: its id, and each alias with and without its tool. */
const names: readonly (readonly [string, string])[] = [
  ...allRules.map(({ id }) => [id, id] as const),
  ...aliases,
  ...aliases.map(([alias, id]) => [alias.slice(alias.indexOf(':') + 1), id] as const),
];

/** Our own names first: what "did you mean" chooses from. */
export const ruleNames: readonly string[] = names.map(([name]) => name);

const idByName: ReadonlyMap<string, string> = new Map(
  names.map(([name, id]) => [name.toLowerCase(), id]),
);

/** The id of a rule by any of its names, whatever their case; undefined for a name that no rule has. */
export function resolveRuleId(name: string): string | undefined {
  return idByName.get(name.toLowerCase());
}

/** Where a rule is explained. */
export function rulePageUrl(id: string): string {
  return `https://github.com/dockwright/dockwright/blob/main/docs/rules/${id}.md`;
}
