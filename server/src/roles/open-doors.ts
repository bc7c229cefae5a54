/** Settings by which known programs let everybody in. */
import { parseImage } from '../compose/image.ts';

/** How a program is told; what it then does without is for a message. */
interface Door {
  /** By the last part of the image's path. */
  readonly image: RegExp;
  /** In its words, or the value of one of its variables. */
  readonly words?: RegExp;
  readonly variable?: RegExp;
  readonly value?: RegExp;
  readonly without: string;
  /** Open even to those who could log in anyway, so that nobody sets it for long on purpose. */
  readonly always?: true;
  /** Where the open door is, if it is not at every port of the program. */
  readonly port?: number;
}

const YES = /^(yes|true|1|on)$/i;

const doors: readonly Door[] = [
  {
    image: /^(mysql|mariadb|percona)/,
    words: /--skip-grant-tables\b/,
    without: 'checks no password and no right',
    always: true,
  },
  {
    image: /^(mysql|mariadb|percona)/,
    variable: /^(MYSQL|MARIADB)_ALLOW_EMPTY_(ROOT_)?PASSWORD$|^ALLOW_EMPTY_PASSWORD$/,
    value: YES,
    without: 'has a root account without a password',
  },
  {
    image: /^(postgres|postgis|timescaledb|pgvector)/,
    variable: /^POSTGRES_HOST_AUTH_METHOD$/,
    value: /^trust$/,
    without: 'asks nobody for a password',
  },
  { image: /^mongo$/, words: /--noauth\b/, without: 'asks nobody for a password' },
  {
    image: /^(mongo-express)$/,
    variable: /^ME_CONFIG_BASICAUTH(_ENABLED)?$/,
    value: /^false$/i,
    without: 'asks nobody for a password',
  },
  {
    image: /^cockroach$/,
    words: /--insecure\b/,
    without: 'asks nobody for a password and encrypts nothing',
  },
  {
    image: /^neo4j$/,
    variable: /^NEO4J_AUTH$/,
    value: /^none$/i,
    without: 'asks nobody for a password',
  },
  {
    image: /^elasticsearch$/,
    variable: /^xpack\.security\.enabled$/,
    value: /^false$/i,
    without: 'asks nobody for a password',
  },
  {
    image: /^opensearch$/,
    variable: /^DISABLE_SECURITY_PLUGIN$/,
    value: YES,
    without: 'asks nobody for a password',
  },
  {
    image: /^clickhouse(-server)?$/,
    variable: /^CLICKHOUSE_SKIP_USER_SETUP$/,
    value: YES,
    without: 'has an account without a password',
  },
  {
    image: /^grafana(-oss|-enterprise)?$/,
    variable: /^GF_AUTH_ANONYMOUS_ORG_ROLE$/,
    value: /^Admin$/i,
    without: 'makes everybody an administrator',
  },
  {
    image: /^traefik$/,
    words: /--api\.insecure(=true)?(\s|$)/i,
    without: 'shows its interface to everybody',
    port: 8080,
  },
  { image: /^vault$/, words: /\bserver\b.*\s-dev\b/, without: 'is unsealed and keeps nothing' },
  { image: /^(code-server)$/, words: /--auth[= ]none\b/, without: 'gives everybody a shell' },
  { image: /^(filebrowser)$/, words: /--noauth\b/, without: 'gives everybody all files' },
  {
    image: /(notebook|jupyter|jupyterlab)$/,
    words: /--(NotebookApp|ServerApp|IdentityProvider)\.token=(''|""|\s|$)/,
    without: 'gives everybody a shell',
  },
];

export interface OpenDoor {
  readonly without: string;
  readonly always: boolean;
  readonly port: number | undefined;
}

/** Asks for each place in what a program is told whether it opens a door there; undefined for programs that nobody knows. */
export interface Doorkeeper {
  readonly inWords: (text: string) => (OpenDoor & { readonly index: number }) | undefined;
  readonly byVariable: (name: string, value: string) => OpenDoor | undefined;
}

export function doorkeeperFor(program: string | undefined): Doorkeeper | undefined {
  if (program === undefined) return undefined;
  const { name } = parseImage(program);
  const known = doors.filter(({ image }) => image.test(name));
  if (known.length === 0) return undefined;
  return {
    inWords: (text) => {
      for (const door of known) {
        const index = door.words?.exec(text)?.index;
        if (index !== undefined) return { ...openDoor(door), index };
      }
      return undefined;
    },
    byVariable: (variable, value) => {
      const door = known.find(
        (one) => one.variable?.test(variable) === true && one.value?.test(value) === true,
      );
      return door && openDoor(door);
    },
  };
}

const openDoor = ({ without, always, port }: Door): OpenDoor => ({
  without,
  always: always ?? false,
  port,
});
