/** Collections of small Compose files in one text, each followed by what we say of it; UPDATE=1 writes that anew. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Refusal } from '../../../../server/src/compose/refusal.ts';
import { readSlow } from '../../../../server/src/compose/tree.ts';
import type { Entry, MapValue, Value } from '../../../../server/src/compose/value.ts';

const BETWEEN = '\n=\n';
const SAYS = '\n>>> ';

/** The files of a collection: the first line says what this is about, if it is a comment. */
export function casesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split(BETWEEN)
    .map((text) => `${text.split(SAYS)[0] ?? ''}\n`);
}

/** Compares a collection with what is said of each of its files. */
export function expectCorpus(path: string, say: (yaml: string) => readonly string[]): void {
  const made = casesOf(path).map(
    (yaml) =>
      yaml.trimEnd() +
      say(yaml)
        .map((line) => SAYS + line)
        .join(''),
  );
  const text = `${made.join(BETWEEN)}\n`;
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  assert.equal(text, readFileSync(path, 'utf8'));
}

/** The tree of a file that YAML has nothing against. */
export function readYaml(text: string): Value {
  const { root, problems } = readSlow({ file: '/p/compose.yaml', text });
  assert.deepEqual(problems, []);
  assert.ok(root);
  return root;
}

/** One line: rule, what is blamed, the message, and what a fix would write. */
export function line({ rule, place, message, rename, declare }: Refusal): string {
  const blamed = place.source.text.slice(place.span.start, place.span.end);
  const renamed = rename && ` [→ ${rename.to}]`;
  const declared = declare && ` [+ ${declare.section}.${declare.name}]`;
  return `${rule} ${JSON.stringify(blamed)} ${message}${renamed ?? ''}${declared ?? ''}`;
}

/** The entries of a mapping below the root. */
export function entriesOf(root: Value, key: string): readonly Entry[] {
  const value = root.kind === 'map' ? root.get(key)?.value : undefined;
  return value?.kind === 'map' ? value.entries : [];
}

/** The services of a file that are mappings. */
export function servicesOf(root: Value): readonly (readonly [name: string, map: MapValue])[] {
  return entriesOf(root, 'services').flatMap(({ key, value }) =>
    value.kind === 'map' ? [[key, value] as const] : [],
  );
}
