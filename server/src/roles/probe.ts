/** Health checks that are known to work in an image: the program is in it, and the check fails when the service does. */
import { parseImage } from '../compose/image.ts';

export interface Probe {
  /** Where the program listens by default, inside the container. */
  readonly port: number;
  /** As Docker runs it: a program with its arguments. */
  readonly argv: readonly string[];
  /** How the check is called in the fix's title. */
  readonly title: string;
}

interface KnownProbe {
  readonly image: RegExp;
  /** The first version whose image has the program. */
  readonly since?: readonly [major: number, minor: number];
  /** Where only some tags have the program. */
  readonly tag?: RegExp;
  readonly notTag?: RegExp;
  readonly probe: Probe;
}

const urlOf = (port: number, path: string): string =>
  `http://127.0.0.1${port === 80 ? '' : `:${port}`}${path}`;
const http = (title: string, port: number, path = '/'): Probe => ({
  title,
  port,
  argv: ['wget', '-q', '--spider', urlOf(port, path)],
});
const curl = (title: string, port: number, path = '/'): Probe => ({
  title,
  port,
  argv: ['curl', '-fsS', '-o', '/dev/null', urlOf(port, path)],
});
const shell = (title: string, port: number, script: string): Probe => ({
  title,
  port,
  argv: ['sh', '-c', script],
});

/** A FastCGI port speaks no HTTP: opening it is what can be asked of it from inside a PHP image. */
const phpFpmProbe: Probe = {
  title: 'opens the FastCGI port',
  port: 9000,
  argv: ['php', '-r', "exit(@fsockopen('127.0.0.1', 9000) ? 0 : 1);"],
};

/** Programs that these images are documented to contain, or install in their Dockerfiles. */
const known: readonly KnownProbe[] = [
  {
    image: /^(library\/)?mariadb$/,
    since: [10, 4],
    probe: {
      title: 'asks MariaDB',
      port: 3306,
      argv: ['healthcheck.sh', '--connect', '--innodb_initialized'],
    },
  },
  {
    image: /^(library\/)?(mysql|percona)$/,
    probe: {
      title: 'pings MySQL',
      port: 3306,
      argv: ['mysqladmin', 'ping', '-h', '127.0.0.1', '--silent'],
    },
  },
  {
    image: /^((library\/)?postgres|postgis\/postgis|timescale\/timescaledb|pgvector\/pgvector)$/,
    probe: shell('asks PostgreSQL', 5432, 'pg_isready -U "${POSTGRES_USER:-postgres}"'),
  },
  // NOAUTH is an answer too: the server is up, and the check needs no password.
  {
    image: /^(library\/)?redis$/,
    probe: shell('pings Redis', 6379, "redis-cli ping | grep -qE 'PONG|NOAUTH'"),
  },
  {
    image: /^valkey\/valkey$/,
    probe: shell('pings Valkey', 6379, "valkey-cli ping | grep -qE 'PONG|NOAUTH'"),
  },
  {
    image: /^(library\/)?mongo$/,
    since: [5, 0],
    probe: {
      title: 'pings MongoDB',
      port: 27017,
      argv: ['mongosh', '--quiet', '--eval', 'db.adminCommand("ping").ok'],
    },
  },
  {
    image: /^(library\/)?rabbitmq$/,
    probe: { title: 'pings RabbitMQ', port: 5672, argv: ['rabbitmq-diagnostics', '-q', 'ping'] },
  },
  {
    image: /^(library\/)?nginx$/,
    tag: /alpine/,
    probe: http('asks for the start page', 80),
  },
  {
    image: /^(library\/)?nginx$/,
    notTag: /alpine/,
    probe: curl('asks for the start page', 80),
  },
  {
    image: /^(library\/)?httpd$/,
    tag: /alpine/,
    probe: http('asks for the start page', 80),
  },
  {
    image: /^((library\/)?phpmyadmin|phpmyadmin\/phpmyadmin)$/,
    notTag: /fpm/,
    probe: curl('asks for the start page', 80),
  },
  {
    image: /^(library\/)?adminer$/,
    notTag: /fastcgi/,
    probe: http('asks for the start page', 8080),
  },
  {
    image: /^prom\/prometheus$/,
    probe: http('asks Prometheus', 9090, '/-/healthy'),
  },
  {
    image: /^prom\/alertmanager$/,
    probe: http('asks Alertmanager', 9093, '/-/healthy'),
  },
  {
    image: /^grafana\/grafana(-oss|-enterprise)?$/,
    probe: http('asks Grafana', 3000, '/api/health'),
  },
  { image: /^(library\/)?php$/, tag: /fpm/, probe: phpFpmProbe },
];

/** The health check for an image, or undefined where none is known to work. A tag of `?` is one that nobody here knows. */
export function probeOf(reference: string): Probe | undefined {
  const { repository, tag = 'latest' } = parseImage(reference);
  const path = repository.replace(/^(docker\.io|index\.docker\.io)\//, '');
  return known.find((candidate) => candidate.image.test(path) && fitsTag(candidate, tag))?.probe;
}

function fitsTag({ since, tag: wanted, notTag }: KnownProbe, tag: string): boolean {
  if (tag.includes('?')) return wanted === undefined && notTag === undefined;
  if (since && isOlder(tag, since)) return false;
  return wanted?.test(tag) !== false && notTag?.test(tag) !== true;
}

/** A tag that starts with no number is taken for the newest. */
function isOlder(tag: string, [major, minor]: readonly [number, number]): boolean {
  const version = /^(\d+)(?:\.(\d+))?/.exec(tag);
  if (!version) return false;
  const [ours, theirs] = [Number(version[1]), Number(version[2] ?? 0)];
  return ours < major || (ours === major && theirs < minor);
}
