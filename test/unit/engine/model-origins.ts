/** Models of projects on the disk or in memory, and what each of their lines comes from. */
import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { configYaml } from '../../../server/src/compose/canonical/output.ts';
import { memoryOf } from '../../../server/src/engine/memory.ts';
import { modelOf } from '../../../server/src/engine/model.ts';
import type { PlaceInFile } from '../../../server/src/engine/places.ts';
import { modelText, type Origin } from '../../../server/src/engine/model-text.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';
import { memoryFiles } from '../memory-files.ts';

export interface Line {
  readonly text: string;
  readonly origin: Origin;
}

/** With all profiles; the text is the one that is printed, and each line of it has an origin. */
export function modelAt(path: string, facts: FileFacts, process: Record<string, string> = {}) {
  const memory = memoryOf(facts);
  const model = modelOf(
    { path, profiles: ['*'], home: '/root' },
    { facts, parse: memory.parse, process },
    memory.project,
  );
  assert.ok(model);
  assert.deepEqual(model.refused, []);
  const { text, origins } = modelText(model);
  assert.equal(text, configYaml(model.canonical));
  const texts = text.split('\n');
  assert.equal(texts.pop(), '');
  assert.equal(origins.length, texts.length);
  const lines = texts.map((one, index): Line => {
    const origin = origins[index];
    assert.ok(origin, `line ${index + 1} has an origin: ${one}`);
    return { text: one, origin };
  });
  return { model, text, lines };
}

/** `compose.yaml:3:5`, one-based as people count. */
function shown(folder: string, at: PlaceInFile | undefined): string {
  if (!at) return 'nowhere';
  const { line, character } = at.position;
  return `${relative(folder, at.file)}:${line + 1}:${character + 1}`;
}

/** What each path of the model comes from: its place, then its steps. */
export function originsOf(
  files: Readonly<Record<string, string>>,
  process?: Record<string, string>,
) {
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`/p/${name}`, text]),
  );
  const { lines, text } = modelAt('/p', memoryFiles(texts), process);
  const byPath = new Map(
    lines.map(({ origin: { path, written, steps } }) => [
      path,
      [
        shown('/p', written),
        ...steps.map(({ what, at }) => (at ? `${what} (${shown('/p', at)})` : what)),
      ],
    ]),
  );
  return { text, at: (path: string) => byPath.get(path), lines };
}
