/** Ports on which known programs speak a protocol of their own: neither web pages nor metrics. */
import { parseImage } from '../compose/image.ts';
import { shortPath } from './image-contents.ts';

interface Wire {
  /** Of the repository, without `docker.io/` and `library/`. */
  readonly image: RegExp;
  readonly tag?: RegExp;
  readonly port: number;
  /** As a message calls it. */
  readonly protocol: string;
  /** It answers HTTP with a page that says that this is the wrong port. */
  readonly polite?: true;
}

/** By the documentation of each; what also answers HTTP there (Dragonfly, ClickHouse) is left out. */
const wires: readonly Wire[] = [
  {
    image: /^(mysql|mariadb|percona(\/percona-server)?)$/,
    port: 3306,
    protocol: 'the protocol of MySQL',
  },
  {
    image: /^(postgres|postgis\/postgis|timescale\/timescaledb|pgvector\/pgvector)$/,
    port: 5432,
    protocol: 'the protocol of PostgreSQL',
  },
  {
    image: /^(redis|valkey\/valkey|redis\/redis-stack(-server)?|bitnami\/redis)$/,
    port: 6379,
    protocol: 'the protocol of Redis',
  },
  { image: /^memcached$/, port: 11211, protocol: 'the protocol of memcached' },
  { image: /^mongo$/, port: 27017, protocol: 'the protocol of MongoDB', polite: true },
  { image: /^rabbitmq$/, port: 5672, protocol: 'AMQP' },
  { image: /^eclipse-mosquitto$/, port: 1883, protocol: 'MQTT' },
  { image: /^(apache\/kafka|confluentinc\/cp-kafka)$/, port: 9092, protocol: 'that of Kafka' },
  { image: /^zookeeper$/, port: 2181, protocol: 'that of ZooKeeper' },
  {
    image: /^(php|wordpress|nextcloud|drupal|matomo|phpmyadmin)$/,
    tag: /fpm/,
    port: 9000,
    protocol: 'FastCGI',
  },
];

export interface WirePort {
  readonly protocol: string;
  /** A client that speaks HTTP gets an answer that it understands. */
  readonly answersHttp: boolean;
}

/** What is spoken at a port of a program in its place; undefined where that is not known, or is HTTP. */
export function wirePortOf(program: string | undefined, port: number): WirePort | undefined {
  if (program === undefined) return undefined;
  const { repository, tag = 'latest' } = parseImage(program);
  const path = shortPath(repository);
  const wire = wires.find(
    (one) => one.port === port && one.image.test(path) && one.tag?.test(tag) !== false,
  );
  return wire && { protocol: wire.protocol, answersHttp: wire.polite ?? false };
}
