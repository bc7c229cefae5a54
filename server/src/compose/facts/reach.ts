/** Whom a service reaches by name: on which networks it is, and whether another one is there too. */
import { descend } from '../model.ts';
import type { Entry } from '../value.ts';
import type { ServiceFacts } from './service.ts';

/** What has to be known of a service. */
export interface Reachable {
  readonly complete: boolean;
  readonly facts: ServiceFacts;
}

export interface Surroundings {
  readonly serviceNamed: (name: string) => Reachable | undefined;
  /** The networks of the project. */
  readonly networks: ReadonlyMap<string, Entry>;
}

/** The networks that a service is on; undefined where only the host knows. */
export function networksFor(
  service: Reachable,
  { serviceNamed }: Surroundings,
): readonly string[] | undefined {
  let here: Reachable | undefined = service;
  // A chain of shared networks that comes back to itself is refused, so it need not be long.
  for (let step = 0; here && step < 10; step++) {
    const { isUnknown, sharedWith, networks } = here.facts.place();
    if (isUnknown || !here.complete) return undefined;
    if (sharedWith === undefined) return networks;
    here = serviceNamed(sharedWith);
  }
  return undefined;
}

/** A network of the other one, where they share none and that is certain. */
export function missingNetwork(
  service: Reachable,
  other: Reachable,
  around: Surroundings,
): string | undefined {
  const here = networksFor(service, around);
  const there = networksFor(other, around);
  if (!here || !there || here.some((name) => there.includes(name))) return undefined;
  const [network] = there;
  if (network === undefined || here.length === 0) return undefined;
  // Two networks that are made elsewhere may be one.
  const isOutside = (name: string): boolean => isExternal(name, around);
  return here.some(isOutside) && there.some(isOutside) ? undefined : network;
}

/** On a network that is made elsewhere there may be anybody. */
export function isExternal(name: string, { networks }: Surroundings): boolean {
  const entry = networks.get(name);
  const external = entry && descend(entry.value, ['external'])?.value;
  return external?.kind === 'map' || (external?.kind === 'scalar' && external.value === true);
}
