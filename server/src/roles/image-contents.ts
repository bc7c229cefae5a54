/** What official images do not have inside: programs that health checks call and that are not there. */
import { parseImage } from '../compose/image.ts';

interface Known {
  /** Names of repositories, as {@link plainPath} gives them. */
  readonly images: string;
  readonly tag?: RegExp;
  readonly notTag?: RegExp;
  /** The first major version for which this holds. */
  readonly since?: number;
  readonly lacks: readonly string[];
  /** Not even a shell is in it. */
  readonly bare?: true;
}

const ALPINE = /alpine/;
const BARE: Pick<Known, 'lacks' | 'bare'> = {
  lacks: ['curl', 'wget', 'nc', 'sh', 'bash'],
  bare: true,
};
const EXPORTERS =
  'prom/prometheus prom/alertmanager prom/node-exporter prom/blackbox-exporter prom/pushgateway prom/mysqld-exporter';

/** By the Dockerfiles of these images. Where one is silent about a program, nothing is said of it here. */
const known: readonly Known[] = [
  { images: 'alpine busybox', lacks: ['curl', 'bash'] },
  { images: 'debian ubuntu', lacks: ['curl', 'wget'] },
  {
    images: 'postgres redis valkey/valkey httpd memcached rabbitmq haproxy mysql mongo',
    tag: ALPINE,
    lacks: ['curl'],
  },
  {
    images: 'postgres redis valkey/valkey httpd memcached rabbitmq',
    notTag: ALPINE,
    lacks: ['curl', 'wget'],
  },
  { images: 'mariadb', lacks: ['curl'] },
  { images: 'mariadb', since: 11, lacks: ['mysqladmin', 'mysql', 'mysqldump'] },
  { images: 'mysql', lacks: ['wget'] },
  { images: 'mongo', lacks: ['curl', 'wget'] },
  { images: 'mongo', since: 6, lacks: ['mongo'] },
  { images: 'nginx', notTag: ALPINE, lacks: ['wget'] },
  { images: 'nginx', tag: ALPINE, lacks: [] },
  { images: 'php wordpress nextcloud', tag: ALPINE, lacks: ['cgi-fcgi'] },
  {
    images: 'php wordpress nextcloud phpmyadmin',
    notTag: ALPINE,
    lacks: ['wget', 'cgi-fcgi'],
  },
  { images: 'python node ruby', tag: /slim/, lacks: ['curl', 'wget'] },
  { images: 'python node ruby golang', tag: ALPINE, lacks: ['curl'] },
  { images: EXPORTERS, notTag: /distroless/, lacks: ['curl'] },
  { images: EXPORTERS, tag: /distroless/, ...BARE },
  {
    images:
      'prometheuscommunity/postgres-exporter danielqsj/kafka-exporter eclipse-mosquitto caddy hashicorp/vault',
    lacks: ['curl'],
  },
  { images: 'traefik', since: 2, lacks: ['curl'] },
  { images: 'oliver006/redis_exporter nats', notTag: ALPINE, ...BARE },
  { images: 'oliver006/redis_exporter nats', tag: ALPINE, lacks: ['curl'] },
  { images: 'traefik/whoami cloudflare/cloudflared scratch', ...BARE },
  { images: 'gcr.io/distroless', notTag: /debug/, ...BARE },
  { images: 'elasticsearch kibana logstash opensearchproject/opensearch', lacks: ['wget'] },
  { images: 'quay.io/keycloak/keycloak', lacks: ['curl', 'wget'] },
];

/** The rows of each image: a health check is looked at whenever its service is. */
const byImage: ReadonlyMap<string, readonly Known[]> = new Map(
  [...new Set(known.flatMap(({ images }) => images.split(' ')))].map((name) => [
    name,
    known.filter(({ images }) => images.split(' ').includes(name)),
  ]),
);

/** Programs that come with one server, and that no image of another one has. */
const own: readonly (readonly [RegExp, RegExp])[] = [
  [/^(pg_isready|psql)$/, /^postgres$/],
  [/^(redis-cli)$/, /^(redis|valkey\/valkey)$/],
  [/^(mysqladmin|mariadb-admin)$/, /^(mysql|mariadb)$/],
  [/^(mongosh|mongo)$/, /^mongo$/],
  [/^(rabbitmq-diagnostics|rabbitmqctl)$/, /^rabbitmq$/],
];

export interface Contents {
  readonly lacks: (program: string) => boolean;
  readonly hasShell: boolean;
  /** Its `sh` is one that knows no `/dev/tcp`; false where that is not certain. */
  readonly isPlainShell: boolean;
}

/** Undefined for an image of which nothing is known for certain. */
export function contentsOf(reference: string): Contents | undefined {
  const { repository, tag = 'latest' } = parseImage(reference);
  const path = plainPath(repository);
  const rows = byImage.get(path)?.filter((row) => fits(row, tag)) ?? [];
  if (rows.length === 0 || /windows|nanoserver|servercore/i.test(tag)) return undefined;
  const missing = new Set(rows.flatMap(({ lacks }) => lacks));
  const hasShell = !rows.some(({ bare }) => bare);
  return {
    lacks: (program) => missing.has(program) || isOfAnother(program, path),
    hasShell,
    isPlainShell: hasShell && isPlain(path, tag),
  };
}

/** As the registry that everybody means by default calls it. */
export const shortPath = (repository: string): string =>
  repository
    .toLowerCase()
    .replace(/^(docker\.io|index\.docker\.io)\//, '')
    .replace(/^library\//, '');

/** The same program by one name, whichever registry it comes from. */
const plainPath = (repository: string): string =>
  shortPath(repository)
    .replace(/^quay\.io\/(prom)etheus\//, '$1/')
    .replace(/^(quay\.io\/(?=prometheuscommunity\/)|docker\.elastic\.co\/[\w-]+\/)/, '')
    .replace(/^(gcr\.io\/distroless)\/.*/, '$1');

const isOfAnother = (program: string, path: string): boolean =>
  own.some(([tool, image]) => tool.test(program) && !image.test(path));

/** Debian's is dash, Alpine's is BusyBox. */
const isPlain = (path: string, tag: string): boolean =>
  `${path}:${tag}`.includes('alpine') ||
  /^(debian|ubuntu|busybox|postgres|redis|valkey\/valkey|httpd|memcached|rabbitmq|nginx|php|wordpress|nextcloud|phpmyadmin|python|node|ruby)$/.test(
    path,
  );

const versionOf = (tag: string): number => Number(/^v?(\d+)/.exec(tag)?.[1] ?? Infinity);

/** A tag that nobody here knows fits only where the tag does not matter; one without a number is the newest. */
function fits({ tag: wanted, notTag, since }: Known, tag: string): boolean {
  if (tag.includes('?')) return !wanted && !notTag && since === undefined;
  if (since !== undefined && versionOf(tag) < since) return false;
  return wanted?.test(tag) !== false && notTag?.test(tag) !== true;
}
