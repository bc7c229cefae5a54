/** Which images have a health check of their own. */
import { type HealthCheck, healthCheckOf } from '../compose/canonical/read.ts';
import { parseImage } from '../compose/image.ts';
import type { Service } from '../compose/model.ts';
import type { MapValue } from '../compose/value.ts';
import { inheritedBy, type Stage } from '../dockerfile/model.ts';

/** Official images leave health checks to whoever runs them; of those that are not here, some do not. */
const WITHOUT = new Set(
  (
    'adminer alpine amazonlinux arangodb bash busybox caddy cassandra centos clojure composer couchdb debian docker drupal ' +
    'eclipse-mosquitto eclipse-temurin elasticsearch elixir erlang fedora ghost golang gradle haproxy haskell httpd influxdb ' +
    'joomla julia kibana logstash mariadb maven mediawiki memcached mongo mongo-express monica mysql nats neo4j nginx node ' +
    'openjdk percona perl php phpmyadmin postgres pypy python rabbitmq redis redmine registry rethinkdb rockylinux ruby rust ' +
    'solr storm swift telegraf tomcat tomee traefik ubuntu valkey/valkey wordpress xwiki zookeeper ' +
    'apache/kafka pgvector/pgvector postgis/postgis quay.io/keycloak/keycloak prom/prometheus grafana/grafana'
  ).split(' '),
);

/** Whether an image is known to have no health check; false for those that nobody knows. */
function lacksHealthCheck(image: string): boolean {
  const repository = parseImage(image)
    .repository.toLowerCase()
    .replace(/^(docker\.io|index\.docker\.io)\//, '')
    .replace(/^library\//, '');
  return WITHOUT.has(repository);
}

interface Running {
  /** See `compose/canonical/service.ts`. */
  readonly canonical: MapValue;
  /** The image that runs, or that the build starts from. */
  readonly program: string | undefined;
  /** The stage that is built, if one is. */
  readonly stage: Stage | undefined;
}

/** Why a service is never healthy, in words that fit behind its name; undefined where that is not certain. */
export function neverHealthy(
  { complete, find, build }: Service,
  { canonical, program, stage }: Running,
): string | undefined {
  if (!complete) return undefined;
  const check = find('healthcheck') && healthCheckOf(canonical);
  if (check?.disabled) return 'switches its health check off';
  // With neither a test in the Compose file, the image decides.
  if (hasTest(check) || !isWithout(program)) return undefined;
  if (!build) return 'has no health check, nor has its image';
  return stage && !hasHealthCheck(stage)
    ? 'has no health check, nor has its Dockerfile'
    : undefined;
}

const hasTest = (check: HealthCheck | undefined): boolean => (check?.test.length ?? 0) > 0;

const isWithout = (image: string | undefined): boolean =>
  image !== undefined && !image.includes('?') && lacksHealthCheck(image);

const hasHealthCheck = (stage: Stage): boolean =>
  inheritedBy(stage).some(({ keyword }) => keyword === 'HEALTHCHECK');
