/** What Compose refuses in how services, and the other sections, refer to one another. */
import type { Refusal } from '../refusal.ts';
import { cycleRefusals } from './cycles.ts';
import type { FactsMemo, Need, ServiceFacts, Use } from './facts.ts';
import { suggestionFor } from './names.ts';
import type { CheckedService } from './service.ts';
import type { Named } from './values.ts';

/** To look for near names costs as much as there are names; where so many are wrong, no name is just a slip. */
const MOST_SUGGESTED = 100;

/** The names that exist, and the services to look at. */
export interface CheckedProject {
  /** In the order of the file. */
  readonly services: readonly CheckedService[];
  /** Services that do not run because of their profiles, with those; they may be among `services` or not. */
  readonly hidden: ReadonlyMap<string, readonly string[]>;
  readonly networks: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  readonly configs: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
}

interface Known extends CheckedService {
  readonly facts: ServiceFacts;
}

/** Linear in the number of references; `memo` keeps what single services say from one check to the next. */
export function projectConsistency(project: CheckedProject, memo: FactsMemo): readonly Refusal[] {
  const services = new Map<string, Known>();
  for (const service of project.services) {
    services.set(service.name, { ...service, facts: memo.of(service.map) });
  }
  const refusals: Refusal[] = [];
  for (const service of services.values()) addRefusals(refusals, project, services, service);
  const needs = new Map([...services].map(([name, { facts }]) => [name, facts.needs]));
  return [...refusals, ...cycleRefusals(needs)];
}

function addRefusals(
  refusals: Refusal[],
  project: CheckedProject,
  services: ReadonlyMap<string, Known>,
  { name, facts }: Known,
): void {
  for (const need of facts.needs) {
    if (services.has(need.name) && !project.hidden.has(need.name)) continue;
    const known = refusals.length < MOST_SUGGESTED ? services.keys() : [];
    refusals.push(...needRefusals(project, known, name, need));
  }
  for (const use of facts.uses) {
    if (exists(project, use)) continue;
    const known = refusals.length < MOST_SUGGESTED ? project[use.section] : [];
    refusals.push(undefinedUse(known, name, use));
  }
  for (const context of facts.contexts) {
    refusals.push(...contextRefusals(project, services, name, context));
  }
}

const exists = (project: CheckedProject, { section, name }: Use): boolean =>
  project[section].has(name) || (section === 'networks' && name === 'default');

const HOW: Readonly<Record<Need['how'], string>> = {
  depends_on: 'depends on',
  links: 'links to',
  volumes_from: 'takes over the volumes of',
  shares: 'shares a namespace with',
};

function needRefusals(
  { hidden }: CheckedProject,
  names: Iterable<string>,
  service: string,
  need: Need,
): readonly Refusal[] {
  const { name, place, how, required } = need;
  const profiles = hidden.get(name);
  if (profiles === undefined) {
    const known = [...names].filter((other) => other !== service);
    const { hint, rename } = suggestionFor(need, known);
    const message = `${service} ${HOW[how]} ${quoted(name)}, and there is no such service.${hint}`;
    return [
      { rule: 'compose/undefined-service', message, place, service, ...(rename && { rename }) },
    ];
  }
  if (!required || hidden.has(service)) return [];
  const which = profiles.length === 1 ? 'profile' : 'one of the profiles';
  const out = how === 'depends_on' ? ', or say required: false' : '';
  const message = `${service} ${HOW[how]} ${name}, which only runs with ${which} ${profiles.join(', ')}; without, Compose refuses to start. Give ${service} the same profiles, or ${name} none${out}.`;
  return [{ rule: 'compose/disabled-dependency', message, place, service }];
}

const SECTIONS: Readonly<Record<Use['section'], readonly [rule: string, word: string]>> = {
  networks: ['compose/undefined-network', 'network'],
  volumes: ['compose/undefined-volume', 'volume'],
  secrets: ['compose/undefined-secret', 'secret'],
  configs: ['compose/undefined-config', 'config'],
  models: ['compose/undefined-model', 'model'],
};

function undefinedUse(known: Iterable<string>, service: string, use: Use): Refusal {
  const { section, name, place, building } = use;
  const [rule, word] = SECTIONS[section];
  if (name === '') {
    const message = `This ${word} of ${service} does not say which one it is. Add source, the name of one below ${section}.`;
    return { rule, message, place, service };
  }
  const { hint, rename } = suggestionFor(use, known);
  const message = `${building ? `The build of ${service}` : service} uses ${word} ${name}, which is not declared.${hint} Declare it below ${section} at the top level${hint.endsWith('?') ? ' otherwise' : ''}.`;
  const declares = section === 'networks' || section === 'volumes';
  return {
    rule,
    message,
    place,
    service,
    ...(rename && { rename }),
    ...(declares && { declare: { section, name } }),
  };
}

function contextRefusals(
  { hidden }: CheckedProject,
  services: ReadonlyMap<string, Known>,
  service: string,
  context: Named,
): readonly Refusal[] {
  const { name, place } = context;
  const found = services.get(name);
  if (found?.facts.builds === true || (found === undefined && hidden.has(name))) return [];
  const building = [...services.values()].filter(({ facts }) => facts.builds);
  const { hint, rename } = suggestionFor(
    context,
    building.map((other) => other.name).filter((other) => other !== name),
  );
  const why = found ? 'has no build to take a context from' : 'does not exist';
  const message = `The build of ${service} wants a context of service ${quoted(name)}, which ${why}.${hint}`;
  return [
    { rule: 'compose/undefined-context', message, place, service, ...(rename && { rename }) },
  ];
}

const quoted = (name: string): string => (name === '' ? 'a service without a name' : name);
