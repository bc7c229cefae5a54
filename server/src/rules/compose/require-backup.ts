import { descend, textOf } from '../../compose/model.ts';
import type { Entry } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import { isForDevelopment } from '../../roles/development.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { dataOf, isLabelledForBackup } from './database-data.ts';

export const requireBackup = defineRule<ProjectSubject, undefined>({
  id: 'compose/require-backup',
  meta: {
    summary: 'Back up what databases keep.',
    why: 'A volume survives a new container, and nothing else: a wrong `docker compose down -v`, a failed upgrade or a broken disk takes all of it.',
    fix: 'Nothing: add a service that dumps the database on a schedule to another place, and try a restore.',
    off: 'Where the host backs the database up: a cron job, a snapshot of the disk and a managed volume do not show in the Compose file.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  db:\n    image: postgres:16.4\n    volumes:\n      - data:/var/lib/postgresql/data\nvolumes:\n  data:\n',
    ],
  },

  *check({ index: { keepingData, backingUp }, project: { merged } }) {
    let reach: Reach | undefined;
    const seen = new Set<string>();
    for (const service of keepingData) {
      const data = dataOf(service);
      if (!data || seen.has(data.source)) continue;
      reach ??= reachOf([...backingUp]);
      if (isReached(service, data.source, reach) || isLabelledForBackup(service)) continue;
      if (isKept(merged.volumes.get(data.source)) || isForDevelopment(service, data.place))
        continue;
      seen.add(data.source);
      yield {
        span: data.place.span,
        source: data.place.source,
        service: service.name,
        data: undefined,
        message: `Nothing in this project backs up the data of ${service.name}. Add a service that dumps it to another place, or say with an ignore comment what does.`,
      };
    }
  },
});

/** What services that back something up get to. */
interface Reach {
  readonly sources: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  /** One of them runs commands in other containers. */
  readonly isEverywhere: boolean;
}

function reachOf(backups: readonly ServiceSubject[]): Reach {
  const sources = backups.flatMap(({ facts }) => facts.sources().map(({ source }) => source));
  return {
    sources: new Set(sources),
    hosts: new Set(backups.flatMap(({ facts }) => facts.hosts().map(({ host }) => host))),
    networks: new Set(backups.flatMap(({ facts }) => facts.place().networks)),
    isEverywhere: sources.some((source) => /\/docker\.sock$|^\/$|^\/var\/lib\/docker/.test(source)),
  };
}

function isReached({ name, facts }: ServiceSubject, source: string, reach: Reach): boolean {
  if (reach.isEverywhere || reach.sources.has(source) || reach.hosts.has(name)) return true;
  return facts.place().networks.some((network) => reach.networks.has(network));
}

/** Somebody else keeps the volume, or its labels speak of a backup. */
function isKept(volume: Entry | undefined): boolean {
  if (!volume) return false;
  const { value } = volume;
  const driver = textOf(descend(value, ['driver']));
  return (
    descend(value, ['external']) !== undefined ||
    (driver !== undefined && driver !== 'local') ||
    descend(value, ['driver_opts']) !== undefined ||
    descend(value, ['labels']) !== undefined
  );
}
