/** A build context with the ignore file that counts for it. */
import { type DockerfileModel, parseDockerfile } from '../dockerfile/model.ts';
import { type Pattern, patternsIn } from '../dockerignore/patterns.ts';
import { suggestIgnoreFile } from '../dockerignore/suggest.ts';
import { ignoreFileOf } from './build-context.ts';
import { listContext, useOf } from './context-listing.ts';
import type { FileFacts } from './files.ts';

export interface IgnoredContext {
  /** Absolute. */
  readonly directory: string;
  /** Absolute; undefined where there is none, and everything is sent. */
  readonly ignoreFile: string | undefined;
  readonly patterns: readonly Pattern[];
  /** The lines of an ignore file made for it, where it has none. */
  readonly suggested: readonly Pattern[] | undefined;
}

/** `dockerfile` is an absolute path, whether it is there or not. */
export function ignoredContextOf(
  { directory, dockerfile }: { readonly directory: string; readonly dockerfile: string },
  files: FileFacts,
): IgnoredContext {
  const ignoreFile = ignoreFileOf(directory, dockerfile, files);
  const text = ignoreFile === undefined ? '' : (files.readText(ignoreFile) ?? '');
  const suggested =
    ignoreFile === undefined ? suggestedFor(directory, dockerfile, files) : undefined;
  return { directory, ignoreFile, patterns: patternsIn(text), suggested };
}

function suggestedFor(directory: string, dockerfile: string, files: FileFacts): readonly Pattern[] {
  const model: DockerfileModel = parseDockerfile(files.readText(dockerfile) ?? '');
  return patternsIn(suggestIgnoreFile(listContext(directory, files), useOf(model.stages)));
}
