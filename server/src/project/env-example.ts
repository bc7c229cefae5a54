/** Files that show which variables `.env` wants, and what they name. */
import { dirname, join } from 'node:path';
import type { ComposeProject } from './compose-project.ts';
import type { FileFacts } from './files.ts';

/** What people call them, beside `.env`. */
export const EXAMPLE_NAMES = [
  '.env.example',
  '.env.sample',
  '.env.dist',
  '.env.template',
  'example.env',
  'sample.env',
  'env.example',
  'env.sample',
] as const;

/** The first that is there. */
function exampleIn(folder: string, files: FileFacts): string | undefined {
  return EXAMPLE_NAMES.map((name) => join(folder, name)).find(
    (path) => files.kindOf(path) === 'file',
  );
}

/** Names in the examples of a project: whoever follows one sets them. */
export function exampleNames(
  { directory, files: read }: ComposeProject,
  files: FileFacts,
): ReadonlySet<string> {
  const folders = new Set([directory, ...Array.from(read.keys(), dirname)]);
  const names = new Set<string>();
  for (const folder of folders) {
    const path = exampleIn(folder, files);
    const text = path === undefined ? undefined : files.readText(path);
    for (const name of namesIn(text ?? '')) names.add(name);
  }
  return names;
}

/** Names that an env file sets, or shows in a comment: `# NAME=value` is how an optional one is told. */
export function namesIn(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/^[ \t]*(?:#+[ \t]*)?(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/gm),
    ([, name = '']) => name,
  );
}
