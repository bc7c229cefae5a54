/** What is there for the people who write the program, and never for those who use it. */
import type { ServiceFacts } from '../compose/facts/service.ts';
import type { Service } from '../compose/model.ts';
import type { Place } from '../core/source.ts';

const PROFILE = /^(dev|devel|development|debug|test|tests|testing|ci|local|e2e)$/i;

/** `compose.override.yaml` is read where nobody says otherwise: on the machines of developers. */
const FILE = /[.-](override|dev|devel|development|local|test|ci|e2e|debug)\.ya?ml$/i;

/** By the profiles of a service, the `develop` section, or the file that says the thing in question. */
export function isForDevelopment(
  { facts, find }: Pick<Service, 'find'> & { readonly facts: ServiceFacts },
  { source }: Place,
): boolean {
  const profiles = facts.profiles();
  return (
    (profiles.length > 0 && profiles.every((profile) => PROFILE.test(profile))) ||
    find('develop') !== undefined ||
    FILE.test(source.file)
  );
}
