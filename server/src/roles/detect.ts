/** What a service is for, read off its image, its name, and its ports, in that order of trust. */
import { parseImage } from '../compose/image.ts';
import type { Service } from '../compose/model.ts';
import { isJob } from './job.ts';
import type { Role } from './role.ts';

/** By the last part of the image's path. Sources: the names of the official and best-known images. */
const byImage: readonly (readonly [Role, RegExp])[] = [
  [
    'database',
    /^(mariadb|mysql|percona|postgres|postgis|postgresql|timescaledb|pgvector|mongo|mongodb|cassandra|cockroach|couchdb|mssql|influxdb|clickhouse|neo4j|server-xe)/,
  ],
  ['cache', /^(redis|valkey|keydb|dragonfly|memcached|varnish)/],
  [
    'admin',
    /^(phpmyadmin|adminer|pgadmin4?|mongo-express|redis-commander|redisinsight|portainer|dozzle|dockge)/,
  ],
  ['metrics', /^(prometheus|victoria-metrics|mimir|loki|tempo|thanos|graphite|telegraf)/],
  ['dashboard', /^(grafana|kibana|opensearch-dashboards|chronograf|metabase|superset)/],
  ['queue', /^(rabbitmq|kafka|nats|pulsar|activemq|mosquitto|redpanda|zookeeper)/],
  ['search', /^(elasticsearch|opensearch|solr|meilisearch|typesense|sonic)/],
  ['web', /^(nginx|httpd|apache|caddy|traefik|haproxy|envoy|lighttpd|openresty)/],
  [
    'app',
    /^(php|wordpress|drupal|nextcloud|node|python|ruby|openjdk|tomcat|django|rails|ghost|gitea|keycloak)/,
  ],
];

/** By a word of the service's name. */
const byName: readonly (readonly [Role, RegExp])[] = [
  ['monolith', /^(legacy|monolith|allinone|aio|game|gameserver|minecraft)$/],
  ['database', /^(db|database|mysql|mariadb|postgres|postgresql|pg|mongo|mongodb|sql)$/],
  ['cache', /^(redis|cache|valkey|memcached|sessions?)$/],
  ['admin', /^(admin|adminer|phpmyadmin|pma|pgadmin|portainer)$/],
  ['metrics', /^(prometheus|metrics|loki|monitoring|exporter)$/],
  ['dashboard', /^(grafana|dashboard|kibana)$/],
  ['queue', /^(queue|broker|rabbitmq|kafka|nats|mq|mqtt)$/],
  ['search', /^(search|elasticsearch|opensearch|solr)$/],
  ['worker', /^(worker|workers|scheduler|cron|celery|sidekiq|jobs?|consumer)$/],
  ['web', /^(web|nginx|proxy|gateway|ingress|frontend|static|caddy|traefik|httpd|apache)$/],
  ['app', /^(app|api|backend|php|fpm|server|site|node|python|django|rails|wordpress)$/],
];

/** Default ports of well-known programs. */
const byPort: readonly (readonly [Role, readonly number[]])[] = [
  ['database', [3306, 5432, 27017, 1433]],
  ['cache', [6379, 11211]],
  ['queue', [5672, 9092, 4222, 1883]],
  ['search', [9200, 7700, 8983]],
  ['web', [80, 443]],
  ['app', [3000, 5000, 8000, 8080, 9000]],
];

/** Jobs that back something up or move data run in the images of the databases they talk to, so their name goes first. */
const PERIODIC = /(^|[-_.])(backup|backups|restic|borg|dump|archiver)($|[-_.])/i;

/** Programs that copy data, or that run such jobs in other containers, whatever else they are made for. */
const BACKUP_PROGRAM =
  /backup|restic|borg|duplicati|duplicacy|kopia|rustic|wal-g|pgbackrest|barman|ofelia|urbackup/i;

export const isBackupProgram = (image: string | undefined): boolean =>
  image !== undefined && BACKUP_PROGRAM.test(image);

/** `baseImage`: the image at the root of the service's Dockerfile, where it is built from one. */
export function roleOf(service: Service, baseImage?: string): Role {
  const image = service.build ? baseImage : service.image?.shape;
  const name = image === undefined ? '' : parseImage(image).name;
  if (PERIODIC.test(service.name) || PERIODIC.test(name)) return 'backup';
  if (isJob(service)) return 'worker';
  const words = service.name.toLowerCase().split(/[-_.]/);
  return (
    first(byImage, (pattern) => pattern.test(name)) ??
    first(byName, (pattern) => words.some((word) => pattern.test(word))) ??
    first(byPort, (ports) => service.containerPorts.some((port) => ports.includes(port))) ??
    'service'
  );
}

function first<T>(
  table: readonly (readonly [Role, T])[],
  fits: (value: T) => boolean,
): Role | undefined {
  return table.find(([, value]) => fits(value))?.[0];
}
