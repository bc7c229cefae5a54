/**
 * What the services of a project say together, kept from one look to the next: an edit in one service costs what that
 * service says, and rules that have nothing to report see that at once.
 */
import type { Entry } from '../value.ts';
import { countsOf, sayersOf } from './counts.ts';
import { missingNetwork, type Reachable, type Surroundings } from './reach.ts';

export interface Indexed extends Reachable {
  readonly name: string;
  /** Why it is never healthy, where that is certain. */
  readonly neverHealthy: () => string | undefined;
  /** It is built from a folder without an ignore file. */
  readonly lacksIgnoreFile: boolean;
  /** What a database mounts that may be its data. */
  readonly databaseSources: () => readonly string[];
  /** It is there to copy the data of others to another place. */
  readonly backsUp: boolean;
  /** What it asks other services for; undefined where it asks nobody. */
  readonly scrapes: object | undefined;
}

export interface ProjectIndex<Service extends Indexed> {
  /** Keys of ports of the host that are taken more than once. */
  readonly sharedPorts: ReadonlySet<number>;
  /** Names of containers that more than one service gives. */
  readonly sharedNames: ReadonlySet<string>;
  /** What more than one database mounts. */
  readonly sharedData: ReadonlySet<string>;
  /** Databases that mount something that may be their data. */
  readonly keepingData: ReadonlySet<Service>;
  readonly backingUp: ReadonlySet<Service>;
  /** They ask other services for metrics. */
  readonly scraping: ReadonlySet<Service>;
  readonly lackingIgnoreFiles: ReadonlySet<Service>;
  readonly withOpenVariables: ReadonlySet<Service>;
  readonly withIgnored: ReadonlySet<Service>;
  /** They wait for the health of services that are never healthy. */
  readonly waitingInVain: ReadonlySet<Service>;
  /** They name services as hosts that they share no network with. */
  readonly outOfReach: ReadonlySet<Service>;
  /** They name hosts that are no services. */
  readonly namingStrangers: ReadonlySet<Service>;
  /** Whether a service is known by a name that is not its own. */
  readonly isOtherName: (name: string) => boolean;
}

export interface UpdatedIndex<Service extends Indexed> extends ProjectIndex<Service> {
  /** Makes it that of these services. Services are told apart by identity. */
  readonly update: (services: readonly Service[], networks: ReadonlyMap<string, Entry>) => void;
}

export function projectIndex<Service extends Indexed>(): UpdatedIndex<Service> {
  const said = sayings<Service>();
  const found = {
    waitingInVain: new Set<Service>(),
    outOfReach: new Set<Service>(),
    namingStrangers: new Set<Service>(),
  };
  let before: readonly Service[] = [];
  let networksBefore: readonly Entry[] = [];
  return {
    ...said,
    ...found,
    update: (services, networks) => {
      const { added, removed } = changesBetween(before, services);
      const entries = [...networks.values()];
      const isMoved = !isEqual(entries, networksBefore);
      before = services;
      networksBefore = entries;
      if (added.length + removed.length === 0 && !isMoved) return;
      removed.forEach(said.remove);
      added.forEach(said.add);
      for (const one of removed) for (const set of Object.values(found)) set.delete(one);
      const { serviceNamed } = said;
      const concerned = isMoved ? services : said.concernedBy([...removed, ...added]);
      for (const one of concerned) {
        const { isStrange, isApart } = hostsOf(one, { serviceNamed, networks });
        mark(found.waitingInVain, one, isWaitingInVain(one, serviceNamed));
        mark(found.namingStrangers, one, isStrange);
        mark(found.outOfReach, one, isApart);
      }
    },
  };
}

const isEqual = <One>(a: readonly One[], b: readonly One[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

interface HostsSeen {
  /** One of them is no service. */
  readonly isStrange: boolean;
  /** One of them is a service that shares no network. */
  readonly isApart: boolean;
}

function hostsOf(service: Indexed, around: Surroundings): HostsSeen {
  let [isStrange, isApart] = [false, false];
  for (const { host } of service.facts.hosts()) {
    if (host === service.name) continue;
    const other = around.serviceNamed(host);
    if (!other) isStrange = true;
    else isApart ||= missingNetwork(service, other, around) !== undefined;
  }
  return { isStrange, isApart };
}

function mark<One>(set: Set<One>, one: One, is: boolean): void {
  if (is) set.add(one);
  else set.delete(one);
}

function isWaitingInVain<Service extends Indexed>(
  { facts }: Service,
  serviceNamed: (name: string) => Service | undefined,
): boolean {
  return facts.healthyWaits().some(({ name }) => serviceNamed(name)?.neverHealthy() !== undefined);
}

/** Services by what is true of them alone. */
function kindsOf<Service extends Indexed>() {
  const sets = {
    keepingData: new Set<Service>(),
    backingUp: new Set<Service>(),
    scraping: new Set<Service>(),
    lackingIgnoreFiles: new Set<Service>(),
    withOpenVariables: new Set<Service>(),
    withIgnored: new Set<Service>(),
    /** They are where another one is. */
    sharing: new Set<Service>(),
  };
  return {
    sets,
    add: (service: Service): void => {
      const { facts } = service;
      mark(sets.keepingData, service, service.databaseSources().length > 0);
      mark(sets.backingUp, service, service.backsUp);
      mark(sets.scraping, service, service.scrapes !== undefined);
      mark(sets.lackingIgnoreFiles, service, service.lacksIgnoreFile);
      mark(sets.withOpenVariables, service, facts.openVariables().length > 0);
      mark(sets.withIgnored, service, facts.ignored().length > 0);
      mark(sets.sharing, service, facts.place().sharedWith !== undefined);
    },
    remove: (service: Service): void => {
      for (const set of Object.values(sets)) set.delete(service);
    },
  };
}

/** What services say, each for itself, by what they say. */
function sayings<Service extends Indexed>() {
  const byName = new Map<string, Service>();
  const ports = countsOf<number>();
  const names = countsOf<string>();
  const otherNames = countsOf<string>();
  const data = countsOf<string>();
  const { sets, ...kinds } = kindsOf<Service>();
  const { sharing } = sets;
  const mentions = sayersOf<string, Service>();

  const each = (service: Service, how: 'add' | 'remove'): void => {
    const { facts } = service;
    const place = facts.place();
    for (const { key } of facts.hostPorts()) ports[how](key);
    const name = facts.containerName();
    if (name) names[how](name.text);
    for (const other of place.otherNames) otherNames[how](other);
    for (const source of service.databaseSources()) data[how](source);
    kinds[how](service);
    for (const { host } of facts.hosts()) mentions[how](host, service);
    for (const wait of facts.healthyWaits()) mentions[how](wait.name, service);
  };
  return {
    sharedPorts: ports.shared,
    sharedNames: names.shared,
    sharedData: data.shared,
    ...sets,
    isOtherName: otherNames.has,
    serviceNamed: (name: string): Service | undefined => byName.get(name),
    add: (service: Service): void => {
      byName.set(service.name, service);
      each(service, 'add');
    },
    remove: (service: Service): void => {
      if (byName.get(service.name) === service) byName.delete(service.name);
      each(service, 'remove');
    },
    /** Those among the changed that are still there, those that speak of them, and all that share networks. */
    concernedBy: (changed: readonly Service[]): ReadonlySet<Service> => {
      const concerned = new Set<Service>(sharing);
      for (const one of changed) {
        for (const other of mentions.of(one.name)) concerned.add(other);
        if (byName.get(one.name) === one) concerned.add(one);
      }
      for (const one of sharing) for (const other of mentions.of(one.name)) concerned.add(other);
      return concerned;
    },
  };
}

/** What has come and gone; where nothing moved, that is one look at each place. */
function changesBetween<Service>(
  before: readonly Service[],
  after: readonly Service[],
): { readonly added: readonly Service[]; readonly removed: readonly Service[] } {
  let first = 0;
  while (first < after.length && after[first] === before[first]) first++;
  let end = after.length;
  let endBefore = before.length;
  while (end > first && endBefore > first && after[end - 1] === before[endBefore - 1]) {
    end--;
    endBefore--;
  }
  const old = new Set(before.slice(first, endBefore));
  const now = new Set(after.slice(first, end));
  return {
    added: [...now].filter((one) => !old.has(one)),
    removed: [...old].filter((one) => !now.has(one)),
  };
}
