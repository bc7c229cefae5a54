/** Where database servers keep their data, in the images that are made by or for their makers. */
import type { DATA_FOLDERS, DataMount } from '../compose/facts/data-mounts.ts';
import { parseImage } from '../compose/image.ts';

type DataFolder = (typeof DATA_FOLDERS)[number];

/** By the documentation of the official images. */
const folders: readonly (readonly [RegExp, DataFolder])[] = [
  [/(^|\/)(mysql|mariadb|percona)$/, '/var/lib/mysql'],
  [/(^|\/)(postgres|postgis|pgvector|timescaledb)$/, '/var/lib/postgresql/data'],
  [/(^|\/)mongo$/, '/data/db'],
  [/(^|\/)(influxdb)$/, '/var/lib/influxdb2'],
  [/(^|\/)cassandra$/, '/var/lib/cassandra'],
  [/(^|\/)neo4j$/, '/data'],
];

/** In the container; undefined for an image that is no known database server. */
export function dataFolderOf(image: string | undefined): DataFolder | undefined {
  if (image === undefined) return undefined;
  const { repository } = parseImage(image);
  return folders.find(([pattern]) => pattern.test(repository))?.[1];
}

/** The mount at the data folder of a database server; undefined where there is none, or it is no known server. */
export function dataMountIn(
  mounts: readonly DataMount[],
  image: string | undefined,
): DataMount | undefined {
  if (mounts.length === 0) return undefined;
  const folder = dataFolderOf(image);
  return folder && mounts.find(({ target }) => target === folder);
}
