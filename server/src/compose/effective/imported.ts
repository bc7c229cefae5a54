/** What Compose does to a service, or another entry, on its way from an included file into the project. */
import type { Place } from '../../core/source.ts';
import { entryAt, mapValue, scalarValue, seqValue } from '../make.ts';
import type { Entry, Item, MapValue, Step, Value } from '../value.ts';
import type { Environment } from './environment.ts';
import { mapped } from './lists.ts';
import type { Declaration, EntrySlot } from './memo.ts';

/** The include that brings it. */
interface Origin {
  /** The file that says `include`. */
  readonly file: string;
  readonly at: Place;
  /** Where what is included has its project directory. */
  readonly directory: string;
  readonly environment: Environment;
}

/** A service with where it comes from, and with what only its own directory and environment can tell. */
export function imported(declaration: Declaration, origin: Origin): Declaration {
  const { map, declared } = declaration;
  return { ...declaration, map: completed(map, origin), declared: stepped(declared, origin) };
}

/** The same for an entry of another section. */
export function importedEntry(slot: EntrySlot, origin: Origin): EntrySlot {
  return { ...slot, entry: stepped(slot.entry, origin) };
}

function stepped(entry: Entry, { file, at }: Origin): Entry {
  return { ...entry, steps: [{ kind: 'include', file, at }, ...entry.steps] };
}

function completed(service: MapValue, origin: Origin): MapValue {
  const entries = mapped(service.entries, (entry) => {
    const value = completedValue(entry, origin);
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries === service.entries ? service : mapValue(service, entries, service);
}

function completedValue({ key, value }: Entry, origin: Origin): Value {
  if (key === 'build' && value.kind === 'map') return withContext(value, origin);
  if (key !== 'environment' || value.kind !== 'seq') return value;
  const items = mapped(value.items, (item) => withValue(item, origin.environment));
  return items === value.items ? value : seqValue(value, items, value);
}

const contextReason: Step = {
  kind: 'default',
  reason: 'A build without a context takes the directory of the file that is included.',
};

function withContext(build: MapValue, { directory }: Origin): MapValue {
  if (build.get('context')) return build;
  const { source, span } = build;
  const place = { source, span: { start: span.start, end: span.start } };
  const context = scalarValue(place, directory, { style: 'absent' });
  const entry = entryAt(place, 'context', context, [contextReason]);
  return mapValue(build, [...build.entries, entry], build);
}

/** A variable that is only named takes the value that it has where the file is included. */
function withValue(item: Item, { find }: Environment): Item {
  const { value } = item;
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return item;
  const variable = find(value.value);
  if (variable === undefined || value.value.includes('=')) return item;
  const text = `${value.value}=${variable.value}`;
  const step: Step = {
    kind: 'variable',
    name: value.value,
    at: variable.place,
    from: variable.from,
  };
  return {
    ...item,
    value: { ...value, value: text, text, template: value.template ?? value.value },
    steps: [step, ...item.steps],
  };
}
