/** What official images do not have inside: programs that health checks call and that are not there. */
import { parseImage } from '../compose/image.ts';

interface Known {
  /** Of the whole repository, without `docker.io/` and `library/`. */
  readonly image: RegExp;
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

/** By the Dockerfiles of these images. Where one is silent about a program, nothing is said of it here. */
const known: readonly Known[] = [
  { image: /^(alpine|busybox)$/, lacks: ['curl', 'bash'] },
  { image: /^(debian|ubuntu)$/, lacks: ['curl', 'wget'] },
  {
    image: /^(postgres|redis|valkey\/valkey|httpd|memcached|rabbitmq|haproxy|mysql|mongo)$/,
    tag: ALPINE,
    lacks: ['curl'],
  },
  {
    image: /^(postgres|redis|valkey\/valkey|httpd|memcached|rabbitmq)$/,
    notTag: ALPINE,
    lacks: ['curl', 'wget'],
  },
  { image: /^mariadb$/, lacks: ['curl'] },
  { image: /^mariadb$/, since: 11, lacks: ['mysqladmin', 'mysql', 'mysqldump'] },
  { image: /^mysql$/, lacks: ['wget'] },
  { image: /^mongo$/, lacks: ['curl', 'wget'] },
  { image: /^mongo$/, since: 6, lacks: ['mongo'] },
  { image: /^nginx$/, notTag: ALPINE, lacks: ['wget'] },
  { image: /^nginx$/, tag: ALPINE, lacks: [] },
  { image: /^(php|wordpress|nextcloud)$/, tag: ALPINE, lacks: ['cgi-fcgi'] },
  { image: /^(php|wordpress|nextcloud|phpmyadmin)$/, notTag: ALPINE, lacks: ['wget', 'cgi-fcgi'] },
  { image: /^(python|node|ruby)$/, tag: /slim/, lacks: ['curl', 'wget'] },
  { image: /^(python|node|ruby|golang)$/, tag: ALPINE, lacks: ['curl'] },
  {
    image:
      /^(quay\.io\/prometheus|prom)\/(prometheus|alertmanager|node-exporter|blackbox-exporter|pushgateway|mysqld-exporter)$/,
    notTag: /distroless/,
    lacks: ['curl'],
  },
  {
    image: /^(quay\.io\/prometheus|prom)\/[\w-]+$/,
    tag: /distroless/,
    ...BARE,
  },
  {
    image:
      /^((quay\.io\/)?prometheuscommunity\/postgres-exporter|danielqsj\/kafka-exporter|eclipse-mosquitto|caddy|hashicorp\/vault)$/,
    lacks: ['curl'],
  },
  { image: /^traefik$/, since: 2, lacks: ['curl'] },
  { image: /^(oliver006\/redis_exporter|nats)$/, notTag: ALPINE, ...BARE },
  { image: /^(oliver006\/redis_exporter|nats)$/, tag: ALPINE, lacks: ['curl'] },
  { image: /^(traefik\/whoami|cloudflare\/cloudflared)$/, ...BARE },
  { image: /^gcr\.io\/distroless\/\S+$/, notTag: /debug/, ...BARE },
  { image: /^scratch$/, ...BARE },
  {
    image:
      /^((docker\.elastic\.co\/[\w-]+\/)?(elasticsearch|kibana|logstash)|opensearchproject\/opensearch)$/,
    lacks: ['wget'],
  },
  { image: /^quay\.io\/keycloak\/keycloak$/, lacks: ['curl', 'wget'] },
];

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
  const path = shortPath(repository);
  if (/windows|nanoserver|servercore/i.test(tag) || reference.includes('$')) return undefined;
  const rows = known.filter((row) => row.image.test(path) && fits(row, tag));
  if (rows.length === 0) return undefined;
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
