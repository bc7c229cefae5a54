/** Reads a service as it is written in one file, before anything is laid over it or under it. */
import type { Place } from '../../core/source.ts';
import { mapValue } from '../make.ts';
import type { Entry, MapValue, Scalar, Value } from '../value.ts';
import { interpolateEntry } from './interpolate.ts';
import { refusedItems } from './items.ts';
import type { EntrySlot, OwnService, Reference } from './memo.ts';
import { rebaseEntry } from './rebase.ts';
import type { Scope } from './run.ts';

/** The service with variables filled in, and its paths absolute where the file is in another directory. */
export function readService(raw: Entry, scope: Scope): OwnService {
  const { entry, refusals, tagged } = interpolateEntry(raw, 'services', scope.context.environment);
  const { value } = rebased(entry, 'services', scope);
  const isMap = value.kind === 'map';
  const declares = value.kind !== 'scalar' || value.value !== null;
  const wrong = isMap ? refusedItems(value, raw.key) : [];
  return {
    raw,
    map: isMap ? value : mapValue(value, []),
    declares,
    tagged: tagged && isMap,
    reference: isMap ? referenceOf(value) : undefined,
    refusals: wrong.length === 0 ? refusals : [...refusals, ...wrong],
  };
}

/** An entry of a top-level section, or a top-level key where `section` is undefined. */
export function readEntry(raw: Entry, section: string | undefined, scope: Scope): EntrySlot {
  const { environment } = scope.context;
  const name = section === undefined ? raw.key : `${section}.${raw.key}`;
  const slot = scope.memo.entries.get(name);
  if (slot?.raw === raw && slot.environment === environment) return slot;
  const { entry, refusals } = interpolateEntry(raw, section, environment);
  const made: EntrySlot = {
    raw,
    environment,
    entry: section === undefined ? entry : rebased(entry, section, scope),
    refusals,
  };
  scope.memo.entries.set(name, made);
  return made;
}

function rebased(entry: Entry, section: string, { run, directory }: Scope): Entry {
  return directory === run.directory ? entry : rebaseEntry(entry, section, directory);
}

/** What `extends` names; undefined where it is not there, or in no form that Compose knows. */
function referenceOf(service: MapValue): Reference | undefined {
  const value = service.get('extends')?.value;
  if (value?.kind === 'scalar') return refers(value, undefined);
  if (value?.kind !== 'map') return undefined;
  return refers(value.get('service')?.value, value.get('file')?.value);
}

function refers(service: Value | undefined, file: Value | undefined): Reference | undefined {
  const name = textOf(service);
  if (name === undefined) return undefined;
  const path = textOf(file);
  const open = [name, path].some((scalar) => scalar !== undefined && scalar.open.length > 0);
  const { source, span } = name;
  const at: Place = { source, span };
  const fileAt: Place = path ? { source: path.source, span: path.span } : at;
  return { service: name.text, file: path?.text, open, at, fileAt };
}

function textOf(value: Value | undefined): Scalar | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value : undefined;
}
