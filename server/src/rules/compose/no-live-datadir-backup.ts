import { parseImage } from '../../compose/image.ts';
import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { dataOf, isLabelledForBackup } from './database-data.ts';

export const noLiveDatadirBackup = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-live-datadir-backup',
  meta: {
    summary: 'Back databases up by a dump, not by a copy of their running data folder.',
    why: 'A database writes while its files are copied, so the copy is of no moment at all: pages that do not fit together, and a log that does not fit the pages. That shows when somebody restores it.',
    fix: 'Nothing: take the mount out and dump the database over the network, with `mariadb-dump --single-transaction`, `pg_dump` or `mongodump`; or stop the database while its files are copied.',
    off: 'Where the backup stops or freezes the database first, or the host takes a snapshot of the file system. A backup in the image of the database itself, whose own tools can copy live data, and databases whose labels ask to be stopped are not reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  db:\n    image: mariadb:10.11\n    volumes:\n      - data:/var/lib/mysql\n  backup:\n    image: alpine:3.20\n    volumes:\n      - data:/var/lib/mysql:ro\n      - ./backups:/backups\nvolumes:\n  data:\n',
    ],
  },

  *check({ index: { keepingData, backingUp } }) {
    if (keepingData.size === 0 || backingUp.size === 0) return;
    const databases = databasesIn(keepingData);
    for (const service of backingUp) {
      if (KNOWS_HOW.test(service.program ?? '')) continue;
      for (const { source, place } of service.facts.sources()) {
        const database = databases.get(source);
        if (!database || isLabelledForBackup(database) || isSameImage(service, database)) continue;
        yield {
          span: place.span,
          source: place.source,
          service: service.name,
          data: undefined,
          message: `Service ${service.name} mounts the data folder of ${database.name}, which writes to it: a copy of it cannot be relied on. Dump the database over the network, or stop it for the copy.`,
        };
      }
    }
  },
});

/** Programs that are made to copy the data of a running database. */
const KNOWS_HOW =
  /(pgbackrest|wal-g|barman|xtrabackup|mariabackup|db-backup|postgres-backup|pg-backup|mysql-backup|mongo-backup)/;

function databasesIn(services: ReadonlySet<ServiceSubject>): ReadonlyMap<string, ServiceSubject> {
  const databases = new Map<string, ServiceSubject>();
  for (const service of services) {
    const data = dataOf(service);
    if (data) databases.set(data.source, service);
  }
  return databases;
}

/** With the tools of the server itself: `mariadb-backup`, `pg_basebackup`. */
const isSameImage = (one: ServiceSubject, other: ServiceSubject): boolean =>
  one.program !== undefined &&
  other.program !== undefined &&
  parseImage(one.program).name === parseImage(other.program).name;
