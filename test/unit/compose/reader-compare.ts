/** Holds the fast reader against the `yaml` package: where it answers, both must say the same in every detail. */
import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import type { Place, Source } from '../../../server/src/core/source.ts';
import type { Anchors, Read } from '../../../server/src/compose/read.ts';
import { readFast } from '../../../server/src/compose/reader.ts';
import { readSlow } from '../../../server/src/compose/tree.ts';
import type { Step, Value } from '../../../server/src/compose/value.ts';

const nowhere: Anchors = () => undefined;

/** Fails where the readers differ, or where the fast one answers what `yaml` finds fault with. Answers whether it does. */
export function isReadFast(text: string, outer: Anchors = nowhere): boolean {
  const source: Source = { file: '/project/compose.yaml', text };
  const fast = readFast(source, outer);
  if (!fast) return false;
  assert.deepEqual(plainRead(fast), plainRead(readSlow(source, outer)), JSON.stringify(text));
  assert.deepEqual(complaints(text), [], JSON.stringify(text));
  return true;
}

const customTags = ['!reset', '!override'].flatMap((tag) => [
  { tag, resolve: (text: string): string => text },
  { tag, collection: 'map' as const },
  { tag, collection: 'seq' as const },
]);

/** Errors and warnings of the package itself. */
export function complaints(text: string): string[] {
  const options = { merge: true, customTags, prettyErrors: false, strict: false };
  const documents = [...parseAllDocuments(text, options)];
  const found = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  return [
    ...found.map(({ message }) => message),
    ...(documents.length > 1 ? ['several documents'] : []),
  ];
}

/** All that a read says, as data: what is one object in it is one number here. */
function plainRead({ root, defined, used, targets, problems }: Read): unknown {
  const seen = new Map<Value, number>();
  const plain = (value: Value | undefined): unknown => value && plainValue(value, seen);
  const byName = (values: ReadonlyMap<string, Value | undefined>): unknown =>
    [...values.keys()].sort().map((name) => [name, plain(values.get(name))]);
  return {
    root: plain(root),
    defined: byName(defined),
    used: byName(used),
    targets: targets.map(plain),
    problems,
  };
}

function plainValue(value: Value, seen: Map<Value, number>): unknown {
  const known = seen.get(value);
  if (known !== undefined) return known;
  seen.set(value, seen.size);
  const { source, ...rest } = value;
  const common = { ...rest, source: source.text };
  switch (value.kind) {
    case 'scalar':
      return common;
    case 'seq':
      return {
        ...common,
        items: value.items.map((item) => ({
          ...item,
          value: plainValue(item.value, seen),
          steps: item.steps.map(plainStep),
        })),
      };
    case 'map':
      return {
        ...common,
        merges: value.merges.map((merged) => plainValue(merged, seen)),
        get: value.entries.map(({ key }) =>
          value.entries.findIndex((one) => one === value.get(key)),
        ),
        entries: value.entries.map((entry) => ({
          ...entry,
          source: entry.source.text,
          value: plainValue(entry.value, seen),
          steps: entry.steps.map(plainStep),
        })),
      };
  }
}

function plainStep(step: Step): unknown {
  const { source, span } = (step as { readonly at: Place }).at;
  return { ...step, at: [source.text, span] };
}
