/** Checks a project again and again, and looks anew only at what changed. */
import type { Refusal } from '../refusal.ts';
import { cycleRefusals } from './cycles.ts';
import type { FactsMemo, ServiceFacts } from './facts.ts';
import {
  type CheckedProject,
  contextRefusals,
  type Directory,
  directoryOf,
  type Known,
  referenceRefusals,
} from './project.ts';
import type { CheckedService } from './service.ts';
import type { Named } from './values.ts';

/** What was found last time. */
interface Last {
  readonly project: CheckedProject;
  readonly directory: Directory;
  readonly services: readonly Checked[];
  /** Of all services together. */
  readonly joint: readonly Refusal[];
  readonly all: readonly Refusal[];
}

interface Checked extends Known {
  readonly service: CheckedService;
  readonly refusals: readonly Refusal[];
}

/** Says what is refused in how things refer to one another. */
export type ProjectChecker = (project: CheckedProject) => readonly Refusal[];

/**
 * A check that remembers: a service that is the very object of last time costs next to nothing, as long as no name came or
 * went. It is linear in the number of references; `memo` keeps what single services say, for whoever else asks it.
 */
export function projectChecker(memo: FactsMemo): ProjectChecker {
  let last: Last | undefined;
  return (project) => {
    const known = last && isSameNames(last.project, project) ? last : undefined;
    const directory = known?.directory ?? directoryOf(project);
    const services = project.services.map((service, index): Checked => {
      const before = known?.services[index];
      if (before && isSameService(before.service, service)) return before;
      const { name, map } = service;
      const facts = memo.of(map);
      return { service, name, facts, refusals: referenceRefusals(directory, name, facts) };
    });
    const joint =
      known && isSameGraph(known, services) ? known.joint : jointOf(directory, services);
    const same =
      joint === known?.joint && services.every((one, index) => one === known.services[index]);
    const all = same ? known.all : [...services.flatMap(({ refusals }) => refusals), ...joint];
    last = { project, directory, services, joint, all };
    return all;
  };
}

function jointOf(directory: Directory, services: readonly Known[]): readonly Refusal[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  return [...contextRefusals(directory, byName), ...cycleRefusals(byName)];
}

const SECTIONS = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

function isSameNames(before: CheckedProject, now: CheckedProject): boolean {
  return (
    before.services.length === now.services.length &&
    now.services.every((service, index) => isSameName(before.services[index], service)) &&
    SECTIONS.every((section) => isSameSet(before[section], now[section])) &&
    isSameHidden(before.hidden, now.hidden)
  );
}

function isSameService(before: CheckedService, now: CheckedService): boolean {
  return before === now || (before.map === now.map && before.name === now.name);
}

/** Looks into them only where they are not the same object. */
function isSameName(before: CheckedService | undefined, now: CheckedService): boolean {
  return before === now || before?.name === now.name;
}

function isSameSet(before: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  if (before === now) return true;
  const others = before.values();
  return before.size === now.size && [...now].every((name) => others.next().value === name);
}

function isSameHidden(before: CheckedProject['hidden'], now: CheckedProject['hidden']): boolean {
  if (before === now) return true;
  const others = before.entries();
  return (
    before.size === now.size &&
    [...now].every(([name, profiles]) => {
      const [other, otherProfiles] = others.next().value ?? [];
      return other === name && otherProfiles?.join() === profiles.join();
    })
  );
}

/** Whether what services say about others adds up to the same: of circles, places count too. */
function isSameGraph({ services, joint }: Last, now: readonly Known[]): boolean {
  const isSame = joint.length === 0 ? isSameNeeds : isSilent;
  return now.every((service, index) => {
    const before = services[index];
    return before === service || (before !== undefined && isSame(before.facts, service.facts));
  });
}

function isSameNeeds(before: ServiceFacts, now: ServiceFacts): boolean {
  return (
    before.builds === now.builds &&
    isSameList(before.needs, now.needs) &&
    isSameList(before.contexts, now.contexts)
  );
}

function isSameList(before: readonly Named[], now: readonly Named[]): boolean {
  return (
    before.length === now.length && now.every(({ name }, index) => before[index]?.name === name)
  );
}

/** Neither said, or says, anything that a circle or a build could be about. */
function isSilent(...both: readonly ServiceFacts[]): boolean {
  return both.every(
    ({ needs, contexts, builds }) => needs.length === 0 && contexts.length === 0 && !builds,
  );
}
