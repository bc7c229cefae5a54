/** Ports of programs that keep data, and that only other services have to reach. */
import { parseImage } from '../compose/image.ts';

interface DataPort {
  /** By the last part of the image's path; SQL Server's is called `server`. */
  readonly image: RegExp;
  readonly ports: readonly number[];
  readonly title: string;
}

/** By the documentation of each. Brokers of messages are published on purpose and are none of them. */
const dataPorts: readonly DataPort[] = [
  { image: /(^|\/)mariadb$/, ports: [3306], title: 'MariaDB' },
  { image: /(^|\/)(mysql|percona|percona-server)$/, ports: [3306, 33060], title: 'MySQL' },
  {
    image: /(^|\/)(postgres|postgresql|postgis|timescaledb|pgvector|pgvecto-rs)$/,
    ports: [5432],
    title: 'PostgreSQL',
  },
  { image: /(^|\/)(mongo|mongodb)$/, ports: [27017], title: 'MongoDB' },
  { image: /(^|\/)(redis|redis-stack|redis-stack-server)$/, ports: [6379], title: 'Redis' },
  { image: /(^|\/)(valkey|keydb|dragonfly)$/, ports: [6379], title: 'the cache' },
  { image: /(^|\/)memcached$/, ports: [11211], title: 'memcached' },
  { image: /(^|\/)(elasticsearch|opensearch)$/, ports: [9200, 9300], title: 'the search engine' },
  { image: /(^|\/)meilisearch$/, ports: [7700], title: 'the search engine' },
  { image: /(^|\/)(influxdb|couchdb)$/, ports: [8086, 5984], title: 'the database' },
  { image: /(^|\/)(cassandra|scylla)$/, ports: [9042], title: 'Cassandra' },
  {
    image: /(^|\/)(clickhouse|clickhouse-server)$/,
    ports: [8123, 9000],
    title: 'ClickHouse',
  },
  { image: /(^|\/)neo4j$/, ports: [7474, 7687], title: 'Neo4j' },
  { image: /(^|\/)mssql\/server$/, ports: [1433], title: 'SQL Server' },
];

/** What answers at a port of this program; undefined where it is no store of data, as far as is known. */
export function dataPortOf(
  program: string | undefined,
  port: number | undefined,
): string | undefined {
  if (program === undefined || port === undefined) return undefined;
  const repository = parseImage(program).repository.toLowerCase();
  return dataPorts.find(({ image, ports }) => ports.includes(port) && image.test(repository))
    ?.title;
}
