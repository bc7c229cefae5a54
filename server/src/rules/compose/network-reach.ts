/** What two rules about hosts in environment variables ask. */
import type { Surroundings } from '../../compose/facts/reach.ts';
import type { Place, Source } from '../../core/source.ts';
import { scalarsOf } from '../../compose/lists.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

/** Names that the service itself gives to hosts: by links, and in its hosts file. */
export function isOwnName(host: string, { find }: ServiceSubject): boolean {
  const texts = ['links', 'external_links', 'extra_hosts'].flatMap((key) =>
    scalarsOf(find(key)).map(({ text }) => text),
  );
  const hosts = find('extra_hosts')?.value;
  const keys = hosts?.kind === 'map' ? hosts.entries.map(({ key }) => key) : [];
  return keys.includes(host) || texts.some((text) => text.split(/[:=]/).includes(host));
}

/** Where names lead. */
export const around = ({ project, serviceNamed }: ProjectSubject): Surroundings => ({
  serviceNamed,
  networks: project.merged.networks,
});

/** True for each place once: what many services share by an anchor is one mistake. */
export function firstTime(): (place: Place) => boolean {
  const seen = new Map<Source, Set<number>>();
  return ({ source, span: { start } }) => {
    const known = seen.get(source) ?? new Set();
    seen.set(source, known);
    const isNew = !known.has(start);
    known.add(start);
    return isNew;
  };
}
