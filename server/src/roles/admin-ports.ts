/** Programs to administer other things with, and the ports of their interfaces in the container. */
import { parseImage } from '../compose/image.ts';

interface AdminInterface {
  /** By the last part of the image's path. */
  readonly image: RegExp;
  readonly ports: readonly number[];
  /** What who reaches it can do. */
  readonly grants: string;
}

/** Sources: the documentation of each program, for its default ports. */
const interfaces: readonly AdminInterface[] = [
  { image: /^(phpmyadmin|adminer)$/, ports: [80, 8080], grants: 'log in to the databases' },
  { image: /^pgadmin4?$/, ports: [80, 443, 5050], grants: 'log in to the databases' },
  { image: /^mongo-express$/, ports: [8081], grants: 'read and change the databases' },
  { image: /^redis-?commander$/, ports: [8081], grants: 'read and change what Redis holds' },
  { image: /^redisinsight$/, ports: [5540, 8001], grants: 'read and change what Redis holds' },
  {
    image: /^(portainer(-.+)?|dockge|yacht)$/,
    ports: [9000, 9443, 5001],
    grants: 'start containers',
  },
  { image: /^dozzle$/, ports: [8080], grants: 'read the logs of all containers' },
  {
    image: /^(kafka-ui|akhq|kafdrop|cmak)$/,
    ports: [8080, 9000],
    grants: 'read and change the topics',
  },
  {
    image: /^(flower|rq-dashboard|celery-flower)$/,
    ports: [5555, 9181],
    grants: 'stop and start jobs',
  },
  {
    image: /^(cerebro|elasticsearch-head|elasticvue)$/,
    ports: [9000, 9100, 8080],
    grants: 'read and change the indices',
  },
  { image: /^rabbitmq$/, ports: [15672], grants: 'log in to the queues' },
  { image: /^prometheus$/, ports: [9090], grants: 'read all metrics' },
  { image: /^alertmanager$/, ports: [9093], grants: 'silence alerts' },
  { image: /^(pushgateway)$/, ports: [9091], grants: 'write metrics' },
  { image: /^caddy$/, ports: [2019], grants: 'change all routes' },
  { image: /^(cadvisor)$/, ports: [8080], grants: 'read about all containers' },
  {
    image: /^(filebrowser|code-server|openvscode-server)$/,
    ports: [80, 8080, 8443, 3000],
    grants: 'read and change files',
  },
];

/** What who reaches this port can do; undefined for a port that administers nothing, as far as is known. */
export function adminPortOf(
  program: string | undefined,
  port: number | undefined,
): string | undefined {
  if (program === undefined || port === undefined) return undefined;
  const { name } = parseImage(program);
  return interfaces.find(({ image, ports }) => ports.includes(port) && image.test(name))?.grants;
}
