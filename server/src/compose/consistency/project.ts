/** What Compose refuses in how services, and the other sections, refer to one another. */
import type { Refusal } from '../refusal.ts';
import type { Need, ServiceFacts, Use } from './facts.ts';
import { type KnownNames, knownNames, pathSuggestion, suggestionFor } from './names.ts';
import type { CheckedService } from './service.ts';

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

/** What references are looked up in. */
export interface Directory {
  /** Those that are looked at. */
  readonly services: KnownNames;
  /** Those, and the hidden ones. */
  readonly existing: KnownNames;
  readonly hidden: CheckedProject['hidden'];
  readonly sections: Readonly<Record<Use['section'], KnownNames>>;
}

export function directoryOf(project: CheckedProject): Directory {
  const names = project.services.map(({ name }) => name);
  const { hidden, networks, volumes, secrets, configs, models } = project;
  return {
    services: knownNames(names),
    existing: knownNames([...names, ...hidden.keys()]),
    hidden,
    sections: {
      networks: knownNames(networks),
      volumes: knownNames(volumes),
      secrets: knownNames(secrets),
      configs: knownNames(configs),
      models: knownNames(models),
    },
  };
}

/** A service by what it says about others. */
export interface Known {
  readonly name: string;
  readonly facts: ServiceFacts;
}

const none: readonly Refusal[] = [];

/** References of one service that lead nowhere: of the directory, only names count. */
export function referenceRefusals(
  directory: Directory,
  service: string,
  { needs, uses }: ServiceFacts,
): readonly Refusal[] {
  const { services, hidden } = directory;
  const lost = needs.filter(({ name }) => !services.has(name) || hidden.has(name));
  const missing = uses.filter((use) => !exists(directory, use));
  if (lost.length === 0 && missing.length === 0) return none;
  return [
    ...lost.flatMap((need) => needRefusals(directory, service, need)),
    ...missing.map((use) => undefinedUse(directory, service, use)),
  ];
}

const exists = ({ sections }: Directory, { section, name }: Use): boolean =>
  sections[section].has(name) || (section === 'networks' && name === 'default');

const HOW: Readonly<Record<Need['how'], string>> = {
  depends_on: 'depends on',
  links: 'links to',
  volumes_from: 'takes over the volumes of',
  shares: 'shares a namespace with',
};

function needRefusals(
  { hidden, existing }: Directory,
  service: string,
  need: Need,
): readonly Refusal[] {
  const { name, place, how, required } = need;
  const profiles = hidden.get(name);
  if (profiles === undefined) {
    const { hint, rename } = suggestionFor(need, existing, service);
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

function undefinedUse({ sections }: Directory, service: string, use: Use): Refusal {
  const { section, name, place, building } = use;
  const [rule, word] = SECTIONS[section];
  if (name === '') {
    const message = `This ${word} of ${service} does not say which one it is. Add source, the name of one below ${section}.`;
    return { rule, message, place, service };
  }
  const isPath = section === 'volumes' && name.includes('/');
  const { hint, rename } = isPath ? pathSuggestion(use) : suggestionFor(use, sections[section]);
  const suffix = hint.includes('?') ? ' otherwise' : '';
  const advice = isPath ? '' : ` Declare it below ${section} at the top level${suffix}.`;
  const user = building ? `The build of ${service}` : service;
  const message = `${user} uses ${word} ${name}, which is not declared.${hint}${advice}`;
  const declare = declarable(use);
  return { rule, message, place, service, ...(rename && { rename }), ...(declare && { declare }) };
}

/** Networks and volumes need no more than a name. */
function declarable({ section, name }: Use): Refusal['declare'] {
  const possible = (section === 'networks' || section === 'volumes') && /^[\w.-]+$/.test(name);
  return possible ? { section, name } : undefined;
}

/** Contexts for builds that are taken from services without one. */
export function contextRefusals(
  { hidden }: Directory,
  services: ReadonlyMap<string, Known>,
): readonly Refusal[] {
  const asking = [...services.values()].filter(({ facts }) => facts.contexts.length > 0);
  if (asking.length === 0) return none;
  const building = [...services.values()].filter(({ facts }) => facts.builds);
  const known = knownNames(building.map(({ name }) => name));
  return asking.flatMap(({ name: service, facts }) =>
    facts.contexts
      .filter(({ name }) => !known.has(name) && (services.has(name) || !hidden.has(name)))
      .map((context): Refusal => {
        const { name, place } = context;
        const { hint, rename } = suggestionFor(context, known, service);
        const why = services.has(name) ? 'has no build to take a context from' : 'does not exist';
        const message = `The build of ${service} wants a context of service ${quoted(name)}, which ${why}.${hint}`;
        const rule = 'compose/undefined-context';
        return { rule, message, place, service, ...(rename && { rename }) };
      }),
  );
}

const quoted = (name: string): string => (name === '' ? 'a service without a name' : name);
