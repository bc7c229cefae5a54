/** What lies in a build context, as far as an ignore file for it has to know. */
import { join } from 'node:path';
import { copyOf } from '../dockerfile/copies.ts';
import type { Stage } from '../dockerfile/model.ts';
import { isTakenWhole, type Use } from '../dockerignore/suggest.ts';
import type { FileFacts } from './files.ts';

/** A context can hold millions of files; what is wrong with it shows in its upper folders. */
const MAX_DEPTH = 4;
const MAX_FOLDERS = 400;

/** Paths of entries relative to the context, with forward slashes; nothing below a folder that is left out whole. */
export function listContext(directory: string, files: FileFacts): readonly string[] {
  const paths: string[] = [];
  let level = [''];
  let folders = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (folders++ >= MAX_FOLDERS) return paths;
      for (const { name, kind } of files.list(join(directory, folder))) {
        const path = folder === '' ? name : `${folder}/${name}`;
        paths.push(path);
        if (kind === 'directory' && !isTakenWhole(name)) next.push(path);
      }
    }
    level = next;
  }
  return paths;
}

/** What these stages do with the context. */
export function useOf(stages: readonly Stage[]): Use {
  const scripts = stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'RUN')
    .map(({ arguments: script }) => script);
  return { sources: copiedSources(stages), scripts };
}

/** What COPY and ADD of these stages take from the context by name; flags, addresses and other stages left out. */
function copiedSources(stages: readonly Stage[]): readonly string[] {
  return stages
    .flatMap(({ instructions }) => instructions.flatMap((one) => copyOf(one) ?? []))
    .filter(({ from }) => from === undefined)
    .flatMap(({ sources }) => sources.map(({ text }) => text))
    .filter((source) => !/^([a-z]+:\/\/|<<)/.test(source));
}
