import type { DataMount } from '../../compose/facts/data-mounts.ts';
import { wordsOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import { dataFolderOf } from '../../roles/data-folder.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

export const noSharedDatabaseVolume = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-shared-database-volume',
  meta: {
    summary: 'Give each database server a data folder of its own.',
    why: 'Two servers that write to the same files each believe that nobody else does. Their locks do not reach from one container into another, and the data is damaged, at first without an error.',
    fix: 'Nothing: give one of them a volume of its own, and bring it the data by a dump or by replication.',
    off: 'Never, as long as both run; services that never run together can have profiles of their own.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:8c978947-0ff6-485c-b0c2-0bfca6026466',
      'kics:shared_volumes_between_containers',
    ],
    examples: [
      'services:\n  db:\n    image: postgres:16.4\n    volumes:\n      - data:/var/lib/postgresql/data\n  db-two:\n    image: postgres:16.4\n    volumes:\n      - data:/var/lib/postgresql/data\nvolumes:\n  data:\n',
    ],
  },

  *check({ services, index: { sharedData: shared } }) {
    if (shared.size === 0) return;
    const firstBy = new Map<string, ServiceSubject>();
    for (const service of services) {
      const data = service.role === 'database' ? dataOf(service) : undefined;
      if (!data || !shared.has(data.source)) continue;
      const first = firstBy.get(data.source);
      if (first === undefined) firstBy.set(data.source, service);
      else if (runTogether(first, service))
        yield {
          ...data.place,
          data: undefined,
          service: service.name,
          message: `The services ${first.name} and ${service.name} are both database servers on the data in ${data.source}, and will damage it. Give one of them a volume of its own.`,
        };
    }
  },
});

/** Where a server writes its data to; undefined where the service may be something else. */
function dataOf(service: ServiceSubject): DataMount | undefined {
  const folder = dataFolderOf(service.program);
  if (!folder || service.job || !isServer(service)) return undefined;
  return service.facts.dataMounts().find(({ target }) => target === folder);
}

/** Started as the image does it, at most with other options: another command may be a restore or a shell. */
function isServer({ canonical, find }: ServiceSubject): boolean {
  if (find('entrypoint')) return false;
  const words = wordsOf(canonical);
  if (!words) return !find('command');
  return /^(-|postgres\b|mysqld\b|mariadbd\b|mongod\b)/.test(words.text);
}

/** In one profile, or in none, which is part of each. */
function runTogether(one: ServiceSubject, other: ServiceSubject): boolean {
  const [first, second] = [one.facts.profiles(), other.facts.profiles()];
  if (first.length === 0 || second.length === 0) return true;
  return first.some((profile) => second.includes(profile));
}
