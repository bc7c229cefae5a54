/** Which engine to talk to: the setting, else DOCKER_HOST, else Docker's current context, else the usual sockets. */
import { createHash } from 'node:crypto';
import { posix, win32 } from 'node:path';
import { type EngineFailure, fail, ok, type Result } from './failure.ts';

export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

type Address =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      /** With certificates, or `'system'` for TLS with the system's own authorities. */
      readonly tls?: TlsFiles | 'system';
    };

/** `origin` says where the address stands, in a person's words: `DOCKER_HOST`, `context nas`, … */
export type Endpoint = Address & { readonly origin: string };

export interface Surroundings {
  /** The setting `dockwright.docker.host`; empty when it is not set. */
  readonly setting: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
  /** A small text file, or `undefined` when it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly exists: (path: string) => Promise<boolean>;
}

type Found = Result<Address, EngineFailure>;

/** Reads files only, never the network. */
export async function findEndpoint(around: Surroundings): Promise<Result<Endpoint, EngineFailure>> {
  const { setting, env, platform } = around;
  if (setting.trim() !== '') {
    const found = parseHost(setting.trim(), undefined, platform);
    return standingIn('setting dockwright.docker.host', found);
  }
  const host = env['DOCKER_HOST'];
  if (host) return standingIn('DOCKER_HOST', parseHost(host, await tlsFromEnv(around), platform));
  const context = env['DOCKER_CONTEXT'] ?? (await currentContext(around));
  if (context && context !== 'default') {
    return standingIn(`context ${context}`, await fromContext(context, around));
  }
  return ok({ kind: 'socket', path: await defaultSocket(around), origin: 'default address' });
}

function standingIn(origin: string, found: Found): Result<Endpoint, EngineFailure> {
  if (found.ok) return ok({ ...found.value, origin });
  const { error } = found;
  return fail('where' in error ? { ...error, where: `${error.where} (${origin})` } : error);
}

/** As a person would write it, and where it stands: `tcp://nas:2375 (DOCKER_HOST)`. */
export function describeEndpoint(endpoint: Endpoint): string {
  return `${showAddress(endpoint)} (${endpoint.origin})`;
}

function showAddress(endpoint: Address): string {
  if (endpoint.kind === 'tcp') return `tcp://${endpoint.host}:${endpoint.port}`;
  return /^[\\/]{2}/.test(endpoint.path) ? `npipe://${endpoint.path}` : `unix://${endpoint.path}`;
}

type Tls = TlsFiles | 'system';
type Bad = (reason: string) => Found;

/** One reader for each scheme. */
const SCHEMES: Readonly<
  Record<
    string,
    (rest: string, bad: Bad, around: { platform: string; tls: Tls | undefined }) => Found
  >
> = {
  unix: (path, bad) =>
    path.startsWith('/')
      ? ok({ kind: 'socket', path })
      : bad('a unix:// address needs an absolute path, such as unix:///var/run/docker.sock.'),
  npipe: (path, bad, { platform }) =>
    platform === 'win32'
      ? ok({ kind: 'socket', path })
      : bad('named pipes exist on Windows only. Use unix:// or tcp:// here.'),
  tcp: (rest, bad, { tls }) => parseTcp(rest, tls, bad),
  http: (rest, bad, { tls }) => parseTcp(rest, tls, bad),
  https: (rest, bad, { tls }) => parseTcp(rest, tls ?? 'system', bad),
  ssh: (_rest, bad) =>
    bad(
      'ssh:// is not supported. Forward the socket with "ssh -L /tmp/docker.sock:/var/run/docker.sock HOST", then use unix:///tmp/docker.sock.',
    ),
};

function parseHost(host: string, tls: Tls | undefined, platform: string): Found {
  const bad: Bad = (reason) => fail({ kind: 'badHost', where: host, reason });
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(host) ?? [];
  const read = SCHEMES[scheme.toLowerCase()];
  if (!read) return bad('it has to begin with unix://, npipe:// or tcp://. Correct the address.');
  return read(rest, bad, { platform, tls });
}

function parseTcp(rest: string, tls: Tls | undefined, bad: Bad): Found {
  const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
  if (!url?.hostname) return bad('it names no host. Write it like tcp://192.168.1.20:2375.');
  const port = Number(/:(\d+)\/?$/.exec(rest)?.[1] ?? (tls ? 2376 : 2375));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ok({ kind: 'tcp', host, port, ...(tls ? { tls } : {}) });
}

async function tlsFromEnv(around: Surroundings): Promise<Tls | undefined> {
  const folder = around.env['DOCKER_CERT_PATH'];
  if (!around.env['DOCKER_TLS_VERIFY'] && !folder) return undefined;
  return (await readTls(folder ?? configFolder(around), around)) ?? 'system';
}

async function readTls(folder: string, around: Surroundings): Promise<TlsFiles | undefined> {
  const path = paths(around);
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => around.read(path.join(folder, name))),
  );
  return ca && cert && key ? { ca, cert, key } : undefined;
}

async function currentContext(around: Surroundings): Promise<string | undefined> {
  const text = await around.read(paths(around).join(configFolder(around), 'config.json'));
  const name = field(parseJson(text), 'currentContext');
  return typeof name === 'string' ? name : undefined;
}

async function fromContext(name: string, around: Surroundings): Promise<Found> {
  const path = paths(around);
  const id = createHash('sha256').update(name).digest('hex');
  const folder = path.join(configFolder(around), 'contexts');
  const meta = parseJson(await around.read(path.join(folder, 'meta', id, 'meta.json')));
  const host = field(field(field(meta, 'Endpoints'), 'docker'), 'Host');
  if (typeof host !== 'string' || host === '') {
    const reason = 'Docker has no such context, or it names no engine. Choose another one.';
    return fail({ kind: 'badHost', where: name, reason });
  }
  return parseHost(
    host,
    await readTls(path.join(folder, 'tls', id, 'docker'), around),
    around.platform,
  );
}

async function defaultSocket(around: Surroundings): Promise<string> {
  if (around.platform === 'win32') return '//./pipe/docker_engine';
  const usual = '/var/run/docker.sock';
  const rootless = around.env['XDG_RUNTIME_DIR'];
  const candidates = [
    usual,
    ...(rootless ? [posix.join(rootless, 'docker.sock')] : []),
    posix.join(around.home, '.docker/run/docker.sock'),
    posix.join(around.home, '.docker/desktop/docker.sock'),
  ];
  for (const path of candidates) if (await around.exists(path)) return path;
  return usual;
}

function configFolder(around: Surroundings): string {
  return around.env['DOCKER_CONFIG'] ?? paths(around).join(around.home, '.docker');
}

function paths({ platform }: Surroundings): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
