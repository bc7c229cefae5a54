/** Projects in folders of a file system in memory. */
import assert from 'node:assert/strict';
import {
  type DiscoveryRequest,
  type ProjectFiles,
  projectOfDirectory,
  projectOfFile,
} from '../../../server/src/project/discover.ts';
import { environmentCache } from '../../../server/src/project/environment.ts';
import { memoryFiles } from '../memory-files.ts';

export type Texts = Readonly<Record<string, string>>;

/** Files say `name: …` in their first line, and are complete where they say `image`. */
export function request(texts: Texts, given: Partial<DiscoveryRequest> = {}): DiscoveryRequest {
  return {
    facts: memoryFiles(texts),
    cache: environmentCache(),
    writtenName: (path) => {
      const text = /^name: (.*)/.exec(texts[path] ?? '')?.[1];
      return text === undefined ? undefined : { text, place: undefined };
    },
    isComplete: (path) => (texts[path] ?? '').includes('image'),
    ...given,
  };
}

export function found(project: ProjectFiles | undefined): ProjectFiles {
  assert.ok(project);
  return project;
}

export const inFolder = (
  texts: Texts,
  given?: Partial<DiscoveryRequest>,
  folder = '/p',
): ProjectFiles => found(projectOfDirectory(folder, request(texts, given)));

export const ofFile = (
  texts: Texts,
  path: string,
  given?: Partial<DiscoveryRequest>,
): ProjectFiles => found(projectOfFile(path, request(texts, given)));

export const value = ({ environment }: ProjectFiles, name: string): string | undefined =>
  environment.lookup(name)?.value;

export const kinds = ({ problems }: ProjectFiles): readonly string[] =>
  problems.map(({ kind }) => kind);
