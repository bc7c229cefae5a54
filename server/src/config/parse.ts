/** The text of a `.dockwright.yaml` → settings, and every problem in it with its place. */
import { parseDocument } from 'yaml';
import type { Span } from '../core/span.ts';
import { isRole, roleDefaults, type Limits, type Role } from '../roles/role.ts';
import { configFormat } from './format.ts';
import { defaultSettings, type Settings } from './settings.ts';

export interface ConfigProblem {
  /** What is wrong and, where there is one, the nearest right word. */
  readonly message: string;
  readonly span: Span;
}

interface ParsedConfig {
  /** Valid parts count even where others are wrong; the rest has its default. */
  readonly settings: Settings;
  /** In the order of the text; empty exactly where all is well. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Never throws. `root` is the folder that the file is in; `ruleIds` gives our id for a rule's name or foreign alias,
 * `known` are the names that a misspelt one is compared with.
 */
export function parseConfig(
  text: string,
  root: string,
  ruleIds: (name: string) => string | undefined,
  known: readonly string[],
): ParsedConfig {
  const problems: ConfigProblem[] = [];
  const document = parseDocument(text, { prettyErrors: false });
  for (const { message, pos } of document.errors) {
    // What is missing at the end of the text is told behind it.
    const [start, end] = [Math.min(pos[0], text.length), Math.min(pos[1], text.length)];
    problems.push({ message: `This is not valid YAML: ${message}`, span: { start, end } });
  }
  const given = configFormat(ruleIds, known).read(document.contents ?? undefined, {
    document,
    place: { start: 0, end: 0 },
    tell: (message, span) => problems.push({ message, span }),
  });
  return {
    settings: settingsFrom(given ?? {}, root),
    problems: problems.sort((a, b) => a.span.start - b.span.start),
  };
}

type Given = NonNullable<ReturnType<ReturnType<typeof configFormat>['read']>>;

function settingsFrom(given: Given, root: string): Settings {
  const { preset, rules, labels, ignores, restart, user } = given;
  const percent = given['reservation-percent'];
  return {
    ...defaultSettings,
    ...present({ preset, rules, labels, ignores, restart, user }),
    ...present({ reservationPercent: percent === undefined ? undefined : Number(percent) }),
    roles: rolesFrom(given.roles ?? new Map()),
    services: servicesFrom(given.services ?? new Map()),
    logging: loggingFrom(given.logging ?? {}),
    healthcheck: healthcheckFrom(given.healthcheck ?? {}),
    root,
  };
}

/** Without the keys whose value is undefined, so that those do not hide a default. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function loggingFrom(given: NonNullable<Given['logging']>): Settings['logging'] {
  const { maxSize, maxFile } = defaultSettings.logging;
  return { maxSize: given['max-size'] ?? maxSize, maxFile: given['max-file'] ?? maxFile };
}

function healthcheckFrom(given: NonNullable<Given['healthcheck']>): Settings['healthcheck'] {
  const { 'start-period': startPeriod, ...same } = given;
  return {
    ...defaultSettings.healthcheck,
    ...same,
    ...(startPeriod !== undefined && { startPeriod }),
  };
}

function rolesFrom(given: ReadonlyMap<string, Partial<Limits>>): Settings['roles'] {
  const roles: Record<Role, Limits> = { ...roleDefaults };
  for (const [name, limits] of given) {
    if (isRole(name)) roles[name] = { ...roles[name], ...limits };
  }
  return roles;
}

function servicesFrom(given: ReadonlyMap<string, { readonly role?: Role }>): Settings['services'] {
  return new Map([...given].flatMap(([name, { role }]) => (role ? [[name, role] as const] : [])));
}
