/** The hosts that a service names in its environment: `DB_HOST=db`, `redis://cache:6379/0`, `kafka-1:9092,kafka-2:9092`. */
import type { Place } from '../../core/source.ts';
import { writtenAt } from '../written.ts';
import type { Entry, Scalar, Value } from '../value.ts';

export interface NamedHost {
  /** A name without dots. */
  readonly host: string;
  /** The variable that holds it. */
  readonly variable: string;
  /** The name itself where it stands in the file as it is; else the whole value. */
  readonly place: Place;
  /** `place` is the name and nothing else, so it may be replaced. */
  readonly exact: boolean;
}

const none: readonly NamedHost[] = [];

/** In the order of the environment. Values that only the environment knows name nothing. */
export function hostsIn(environment: Entry | undefined): readonly NamedHost[] {
  const value = environment?.value;
  const found: NamedHost[] = [];
  if (value?.kind === 'map')
    for (const { key, value: scalar } of value.entries) addHosts(found, scalar, key, 0);
  if (value?.kind === 'seq') for (const item of value.items) addItem(found, item.value);
  return found.length === 0 ? none : found;
}

function addItem(found: NamedHost[], item: Value): void {
  const equals = item.kind === 'scalar' ? item.text.indexOf('=') : -1;
  if (item.kind === 'scalar' && equals > 0)
    addHosts(found, item, item.text.slice(0, equals), equals + 1);
}

/** The last words of variables that hold an address of something else. */
const ADDRESS = new Set(
  'HOST HOSTS HOSTNAME HOSTNAMES SERVER SERVERS ADDR ADDRESS ADDRESSES URL URLS URI URIS DSN ENDPOINT ENDPOINTS BROKER BROKERS NODES UPSTREAM UPSTREAMS'.split(
    ' ',
  ),
);

const isAddress = (variable: string): boolean =>
  ADDRESS.has(variable.slice(variable.lastIndexOf('_') + 1).toUpperCase());

/** Under these a service says what it is called itself, or where it listens. */
const ITSELF =
  /^(HOST|HOSTNAME|SERVER|ADDRESS|ADDR|URL|NODES)$|(^|_)(VIRTUAL|LETSENCRYPT|BIND|LISTEN|PUBLIC|EXTERNAL|ADVERTISED?|ROOT|BASE|SITE|ABSOLUTE|NODE|MY|OWN)_?(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|URI|URL)S?$/i;

function addHosts(found: NamedHost[], scalar: Value, variable: string, offset: number): void {
  if (scalar.kind !== 'scalar' || scalar.open.length > 0) return;
  const isUrl = scalar.text.includes('://', offset);
  if ((!isUrl && !isAddress(variable)) || ITSELF.test(variable)) return;
  for (const match of scalar.text.slice(offset).matchAll(isUrl ? IN_URL : IN_LIST)) {
    const [whole, host = ''] = match;
    const start = offset + match.index + whole.lastIndexOf(host);
    if (!/^\d*$/.test(host)) found.push(named(variable, scalar, { host, start }));
  }
}

/** A single label behind `//` and an account, up to a port, a path, a comma or the end. */
const IN_URL =
  /(?:[\w+.-]:\/\/(?:[^\s/?#@]*@)?|,)([a-z0-9](?:[\w-]*[a-z0-9])?)(?=:\d+(?:[/?#,\s]|$)|[/?#,]|$)/gi;

/** The same at the start of a text or behind a comma, or as a data source name says it: `tcp(db:3306)`, `host=db`. */
const IN_LIST =
  /(?:^|[,;]\s*|@tcp\(|(?:^|[\s;])(?:host|server)=)([a-z0-9](?:[\w-]*[a-z0-9])?)(?=:\d+(?:[/,;)\s]|$)|[,;)]|\s|$)/gi;

function named(
  variable: string,
  scalar: Scalar,
  { host, start }: { readonly host: string; readonly start: number },
): NamedHost {
  const { source, span, template } = scalar;
  const at =
    template === undefined ? writtenAt(scalar, { start, end: start + host.length }) : undefined;
  return { host, variable, place: { source, span: at ?? span }, exact: at !== undefined };
}
