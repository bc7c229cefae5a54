/** A Compose file as services, with a span on everything that a finding or an edit can stand on. */
import type { Span } from '../core/span.ts';
import { environmentOf, type Variable } from './environment.ts';
import { shapeOf, withoutEnvironment } from '../core/interpolate.ts';
import { mountsOf, type Mount } from './mounts.ts';
import { containerPortsOf } from './ports.ts';
import { type Style, styleOf } from './style.ts';
import { parseYaml, type Problem } from './tree.ts';
import type { Entry, MapValue, Scalar, Value } from './value.ts';

export interface ComposeFile {
  readonly text: string;
  readonly style: Style;
  /** Where mappings start that are used in more than one place. */
  readonly shared: ReadonlySet<number>;
  /** Syntax errors; the services are what could be read in spite of them. */
  readonly problems: readonly Problem[];
  readonly services: readonly Service[];
}

export interface Service {
  readonly name: string;
  readonly nameSpan: Span;
  /** The service's own mapping; absent where it is an alias or no mapping at all. */
  readonly map: MapValue | undefined;
  /**
   * Compose would run it as it stands. False for a piece of an override file (neither image nor build) and for a service
   * that extends one of another file, where what is missing here may well be there.
   */
  readonly complete: boolean;
  /** The value at a path, from the service or from what it extends in this file. */
  readonly find: (...path: readonly string[]) => Entry | undefined;
  readonly image: Image | undefined;
  readonly build: Build | undefined;
  readonly environment: readonly Variable[];
  readonly mounts: readonly Mount[];
  /** Ports inside the container that are published or exposed. */
  readonly containerPorts: readonly number[];
  /** Another service waits for this one to end successfully, so it is a job and not a server. */
  readonly oneShot: boolean;
}

export interface Image {
  readonly scalar: Scalar;
  /** With defaults filled in; undefined where only the environment knows. */
  readonly reference: string | undefined;
  /** The same with `?` for what only the environment knows: `redis:?` still says which program it is. */
  readonly shape: string;
  /** Written in the service itself, so that it can be edited there. */
  readonly own: boolean;
}

export interface Build {
  /** Where a finding about the build stands: the context's value, or the key. */
  readonly span: Span;
  /** Relative to the Compose file's folder, defaults filled in; undefined where only the environment knows, or it is remote. */
  readonly context: string | undefined;
  /** Relative to the context; undefined where it is written inline or only the environment knows. */
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
}

/** Never throws; a text that is no Compose file has no services. */
export function parseCompose(text: string): ComposeFile {
  const { roots, problems, ...yaml } = parseYaml(text);
  const shared = new Set(yaml.shared);
  const entries = roots.flatMap((root) => {
    const services = root.kind === 'map' ? root.get('services')?.value : undefined;
    return services?.kind === 'map' ? services.entries : [];
  });
  const byName = new Map(entries.map((entry) => [entry.key, entry]));
  const oneShots = new Set(entries.flatMap(({ value }) => waitedToEnd(value)));
  // Compose lays several documents over one another; a service of two of them is whole in neither.
  const inTwo = new Set(
    entries.filter((entry) => byName.get(entry.key) !== entry).map(({ key }) => key),
  );
  const services = entries
    .map((entry) => serviceOf(entry, byName, oneShots.has(entry.key)))
    .map((service) => (inTwo.has(service.name) ? { ...service, complete: false } : service));
  for (const { value } of entries) {
    const parent = byName.get(parentOf(value) ?? '');
    if (parent) shared.add(parent.value.span.start);
  }
  return { text, style: styleOf(text), shared, problems, services };
}

function serviceOf(entry: Entry, byName: ReadonlyMap<string, Entry>, oneShot: boolean): Service {
  const { chain, open } = extended(entry, byName);
  const find = (...path: readonly string[]): Entry | undefined => {
    for (const value of chain) {
      const found = descend(value, path);
      if (found) return found;
    }
    return undefined;
  };
  const written = descend(entry.value, ['image']);
  const image = imageOf(find('image'), written?.via === 'own' && entry.via === 'own');
  const build = buildOf(find('build'));
  return {
    name: entry.key,
    nameSpan: entry.keySpan,
    map: entry.value.kind === 'map' && entry.via === 'own' ? entry.value : undefined,
    complete: !open && (image !== undefined || build !== undefined),
    find,
    image,
    build,
    environment: environmentOf(chain),
    mounts: mountsOf(find('volumes')),
    containerPorts: containerPortsOf(find('ports')?.value, find('expose')?.value),
    oneShot,
  };
}

/** The service and what it extends in this file, nearest first; `open` where the chain leads out of the file. */
function extended(
  entry: Entry,
  byName: ReadonlyMap<string, Entry>,
): { chain: readonly Value[]; open: boolean } {
  const chain: Value[] = [];
  const seen = new Set<string>();
  let current: Entry | undefined = entry;
  while (current && !seen.has(current.key)) {
    seen.add(current.key);
    chain.push(current.value);
    const parent: Value | undefined = descend(current.value, ['extends'])?.value;
    if (!parent) return { chain, open: false };
    current = byName.get(localParent(parent) ?? '');
  }
  return { chain, open: true };
}

function parentOf(service: Value): string | undefined {
  const parent = descend(service, ['extends'])?.value;
  return parent && localParent(parent);
}

/** The name of the service that is extended, if it is one of this file. */
function localParent(parent: Value): string | undefined {
  if (parent.kind === 'scalar') return parent.text;
  return parent.kind === 'map' && !parent.get('file') ? textOf(parent.get('service')) : undefined;
}

/** The entry at a path of nested mappings. */
function descend(value: Value, path: readonly string[]): Entry | undefined {
  let found: Entry | undefined;
  let here: Value | undefined = value;
  for (const key of path) {
    found = here?.kind === 'map' ? here.get(key) : undefined;
    here = found?.value;
  }
  return found;
}

/** The value of an entry as text with defaults filled in; undefined where it is no scalar or only the environment knows. */
export function textOf(entry: Entry | undefined): string | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return undefined;
  return withoutEnvironment(entry.value.text);
}

function imageOf(entry: Entry | undefined, own: boolean): Image | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return undefined;
  return { scalar: entry.value, reference: textOf(entry), shape: shapeOf(entry.value.text), own };
}

function buildOf(entry: Entry | undefined): Build | undefined {
  if (!entry) return undefined;
  if (entry.value.kind === 'scalar') {
    return {
      span: entry.value.style === 'absent' ? entry.keySpan : entry.value.span,
      context: localContext(textOf(entry)),
      dockerfile: 'Dockerfile',
      target: undefined,
    };
  }
  if (entry.value.kind !== 'map') return undefined;
  const { value: map } = entry;
  const context = map.get('context');
  const inline = map.get('dockerfile_inline') !== undefined;
  return {
    span: context?.value.span ?? entry.keySpan,
    context: context ? localContext(textOf(context)) : '.',
    dockerfile: inline
      ? undefined
      : map.get('dockerfile')
        ? textOf(map.get('dockerfile'))
        : 'Dockerfile',
    target: textOf(map.get('target')),
  };
}

/** A context may be a Git or web address; those have no ignore file of ours. */
function localContext(context: string | undefined): string | undefined {
  return context === undefined || /^([a-z+]+:\/\/|git@|github\.com\/)|\.git(#|$)/i.test(context)
    ? undefined
    : context;
}

/** Names of the services that a service waits for with `condition: service_completed_successfully`. */
function waitedToEnd(service: Value): readonly string[] {
  const depends = descend(service, ['depends_on'])?.value;
  if (depends?.kind !== 'map') return [];
  return depends.entries
    .filter(
      ({ value }) => textOf(descend(value, ['condition'])) === 'service_completed_successfully',
    )
    .map(({ key }) => key);
}
