/** How a service is built: context and paths resolved, lists as mappings, the Dockerfile named. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Entry, MapValue, Value } from '../value.ts';
import { ulimits } from './devices.ts';
import { withLookedUp } from './environment.ts';
import { textOf } from './go-text.ts';
import { extraHosts } from './hosts.ts';
import { keyedTexts, variables } from './keyed.ts';
import { byDefault, partsOf, supplied, viaOf } from './parts.ts';
import { isRemote, replaced, resolved } from './paths.ts';
import { files } from './references.ts';
import { refuse, type Scope } from './scope.ts';
import { flag, size, text, texts, textOrTexts } from './scalar-shapes.ts';
import {
  isEmpty,
  isNull,
  type Json,
  mapped,
  printAny,
  record,
  type Shape,
  withEntries,
} from './shape.ts';

/** A context is a folder, unless it is an address. */
const context: Shape = {
  ...text,
  make: (value, scope) => {
    if (value.kind !== 'scalar' || value.value === null) return value;
    const written = textOf(value);
    if (isRemote(written)) return written === value.value ? value : replaced(value, written);
    return resolved(value, scope);
  },
};

const contexts: Shape = {
  ...keyedTexts,
  make: (value, scope) => {
    if (value.kind === 'seq') {
      for (const { value: item } of value.items) {
        if (item.kind === 'scalar' && !textOf(item).includes('='))
          refuse(
            scope,
            item,
            `"${textOf(item)}" has no place. Expected NAME=PATH here, such as assets=./assets.`,
          );
      }
    }
    const made = keyedTexts.make(value, scope);
    return made?.kind === 'map' ? mapped(made, (entry) => context.make(entry.value, scope)) : made;
  },
};

/** Keys by name, each with its path or null: the one of the agent. */
const ssh: Shape = {
  make: (value, scope) => {
    const list = value.kind === 'scalar' ? [{ value, own: true, steps: [] }] : undefined;
    const items = value.kind === 'seq' ? value.items : list;
    if (!items || isNull(value)) return value;
    return mapValue(
      value,
      items.flatMap((item): readonly Entry[] => {
        if (item.value.kind !== 'scalar') return [];
        const [name, path] = partsOf(item.value, '=', 2);
        if (!name) return [];
        if (!path && name.text !== 'default') refuseKey(scope, item.value);
        const key = entryAt(
          item.value,
          name.text,
          path ?? scalarValue(item.value, null),
          item.steps,
        );
        return [{ ...key, via: viaOf(item) }];
      }),
    );
  },
  print: printKeys,
  isZero: isEmpty,
};

function refuseKey(scope: Scope, value: Value): void {
  refuse(
    scope,
    value,
    'Only the key "default" may stand without a path. Expected NAME=PATH here, such as github=~/.ssh/id_ed25519.',
  );
}

function printKeys(value: Value): Json {
  if (value.kind !== 'map') return printAny(value);
  return value.entries.map(({ key, value: path }) =>
    path.kind === 'scalar' && path.value !== null && path.text !== ''
      ? `${key}: ${path.text}`
      : key,
  );
}

/** Arguments without a value that nothing sets are not handed to the build. */
const args: Shape = {
  ...variables,
  print: (value) =>
    value.kind === 'map'
      ? variables.print(
          withEntries(
            value,
            value.entries.filter((entry) => !isNull(entry.value)),
          ),
          'json',
        )
      : printAny(value),
  isZero: (value) =>
    isEmpty(value) || (value.kind === 'map' && value.entries.every((e) => isNull(e.value))),
};

const longBuild = record({
  context,
  dockerfile: text,
  dockerfile_inline: text,
  entitlements: texts,
  args,
  provenance: text,
  sbom: text,
  ssh,
  labels: keyedTexts,
  cache_from: textOrTexts,
  cache_to: textOrTexts,
  no_cache: flag,
  no_cache_filter: textOrTexts,
  additional_contexts: contexts,
  pull: flag,
  extra_hosts: extraHosts,
  isolation: text,
  network: text,
  target: text,
  secrets: files,
  shm_size: size,
  tags: textOrTexts,
  ulimits,
  platforms: textOrTexts,
  privileged: flag,
});

const HERE = byDefault("The build context is the project's folder where none is given.");
const DOCKERFILE = byDefault('The file is called Dockerfile where no name is given.');

export const build: Shape = {
  ...longBuild,
  make: (value, scope) => {
    if (isNull(value)) return value;
    const long =
      value.kind === 'scalar' ? mapValue(value, [entryAt(value, 'context', value)]) : value;
    const made = longBuild.make(long, scope);
    return made?.kind === 'map' ? withDefaults(withLookedUp(made, 'args', scope), scope) : made;
  },
};

function withDefaults(map: MapValue, { context: { directory } }: Scope): MapValue {
  const missing: Entry[] = [];
  if (!map.get('context')) missing.push(supplied(map, 'context', directory, HERE));
  if (!map.get('dockerfile') && !map.get('dockerfile_inline'))
    missing.push(supplied(map, 'dockerfile', 'Dockerfile', DOCKERFILE));
  return missing.length === 0 ? map : withEntries(map, [...map.entries, ...missing]);
}
