/** A service as rules see it: what Compose would run of it, and where that is written. */
import { shapeOf } from '../core/interpolate.ts';
import type { Place, Source } from '../core/source.ts';
import type { Span } from '../core/span.ts';
import { environmentOf, type Variable } from './environment.ts';
import { mountsOf, type Mount } from './mounts.ts';
import { containerPortsOf } from './ports.ts';
import type { Entry, MapValue, Scalar, Value } from './value.ts';

/** What the rest of a project says of a service. */
export interface Given {
  readonly name: string;
  /** Where it is declared first, in the project's own files. */
  readonly declared: Entry;
  /** Everything that files, anchors, parents and variables make of it. */
  readonly merged: MapValue;
  /** Another service waits for this one to end successfully, so it is a job and not a server. */
  readonly oneShot: boolean;
  /** Compose would run it as it stands; what is missing here is missing. */
  readonly complete: boolean;
}

export interface Service {
  readonly name: string;
  /** What `nameSpan`, and every span without a source of its own, is an offset in. */
  readonly source: Source;
  readonly nameSpan: Span;
  /** The service's own mapping; absent where it is an alias or no mapping at all. */
  readonly map: MapValue | undefined;
  /** See {@link Given.merged}. */
  readonly merged: MapValue;
  readonly complete: boolean;
  /** The value at a path, whatever brought it. */
  readonly find: (...path: readonly string[]) => Entry | undefined;
  readonly image: Image | undefined;
  readonly build: Build | undefined;
  readonly environment: readonly Variable[];
  readonly mounts: readonly Mount[];
  /** Ports inside the container that are published or exposed. */
  readonly containerPorts: readonly number[];
  readonly oneShot: boolean;
}

export interface Image {
  readonly scalar: Scalar;
  /** With variables filled in; undefined where only the environment knows. */
  readonly reference: string | undefined;
  /** The same with `?` for what only the environment knows: `redis:?` still says which program it is. */
  readonly shape: string;
  /** Written in the service itself, so that it can be edited there. */
  readonly own: boolean;
}

export interface Build {
  /** Where a finding about the build stands: the context's value, or the key. */
  readonly place: Place;
  /** Relative to the project's folder; undefined where only the environment knows, or it is remote. */
  readonly context: string | undefined;
  /** Relative to the context; undefined where it is written inline or only the environment knows. */
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
}

export function serviceOf({ name, declared, merged, oneShot, complete }: Given): Service {
  const { source, keySpan } = declared;
  const find = (...path: readonly string[]): Entry | undefined => descend(merged, path);
  return {
    name,
    source,
    nameSpan: keySpan,
    map: declared.value.kind === 'map' && declared.via === 'own' ? declared.value : undefined,
    merged,
    complete,
    find,
    image: imageOf(find('image'), source),
    build: buildOf(find('build')),
    environment: environmentOf(find('environment'), source),
    mounts: mountsOf(find('volumes'), source),
    containerPorts: containerPortsOf(find('ports')?.value, find('expose')?.value),
    oneShot,
  };
}

/** The entry at a path of nested mappings. */
export function descend(value: Value, path: readonly string[]): Entry | undefined {
  let found: Entry | undefined;
  let here: Value | undefined = value;
  for (const key of path) {
    found = here?.kind === 'map' ? here.get(key) : undefined;
    here = found?.value;
  }
  return found;
}

/** The value of an entry as text; undefined where it is no scalar or only the environment knows. */
export function textOf(entry: Entry | undefined): string | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return undefined;
  return entry.value.open.length > 0 ? undefined : entry.value.text;
}

/** Written in this source itself, and not brought by an anchor, a parent or another file. */
export function isOwn(entry: Pick<Entry, 'via' | 'source'>, source: Source): boolean {
  return entry.via === 'own' && entry.source === source;
}

function imageOf(entry: Entry | undefined, source: Source): Image | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null) return undefined;
  const scalar = entry.value;
  const reference = textOf(entry);
  return {
    scalar,
    reference,
    shape: reference ?? shapeOf(scalar.template ?? scalar.text),
    own: isOwn(entry, source),
  };
}

/** The `build:` of a service, in its short and long forms. */
export function buildOf(entry: Entry | undefined): Build | undefined {
  if (!entry) return undefined;
  const key = { source: entry.source, span: entry.keySpan };
  if (entry.value.kind === 'scalar') {
    return {
      place: entry.value.style === 'absent' ? key : entry.value,
      context: localContext(textOf(entry)),
      dockerfile: 'Dockerfile',
      target: undefined,
    };
  }
  if (entry.value.kind !== 'map') return undefined;
  const { value: map } = entry;
  const context = map.get('context');
  return {
    place: context?.value ?? key,
    context: context ? localContext(textOf(context)) : '.',
    dockerfile: dockerfileOf(map),
    target: textOf(map.get('target')),
  };
}

function dockerfileOf(build: MapValue): string | undefined {
  if (build.get('dockerfile_inline')) return undefined;
  const named = build.get('dockerfile');
  return named ? textOf(named) : 'Dockerfile';
}

/** A context may be a Git or web address; those have no ignore file of ours. */
function localContext(context: string | undefined): string | undefined {
  return context === undefined || /^([a-z+]+:\/\/|git@|github\.com\/)|\.git(#|$)/i.test(context)
    ? undefined
    : context;
}

/** Names of the services that a service waits for with `condition: service_completed_successfully`. */
export function waitedToEnd(service: Value): readonly string[] {
  const depends = descend(service, ['depends_on'])?.value;
  if (depends?.kind !== 'map') return [];
  return depends.entries
    .filter(
      ({ value }) => textOf(descend(value, ['condition'])) === 'service_completed_successfully',
    )
    .map(({ key }) => key);
}
