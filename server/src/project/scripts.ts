/** Scripts that run in containers: those that a service mounts, and those that an image is built with. */
import { basename, join } from 'node:path';
import type { HostMount } from '../compose/host-mounts.ts';
import type { Place } from '../core/source.ts';
import type { Span } from '../core/span.ts';
import { copyOf } from '../dockerfile/copies.ts';
import { type DockerfileModel, type Instruction, onOneLine } from '../dockerfile/model.ts';
import type { FileFacts } from './files.ts';

const SCRIPT = /\.(sh|bash)$/;

/** Whether a file is a script whose first line ends as Windows ends lines. */
export function hasWindowsLineEnds(path: string, files: FileFacts): boolean {
  const text = files.readText(path);
  return (
    text !== undefined && (SCRIPT.test(path) || text.startsWith('#!')) && /^[^\n]*\r\n/.test(text)
  );
}

export interface MountedScript {
  /** Absolute, on the host. */
  readonly path: string;
  /** Of the mount that brings it. */
  readonly place: Place;
}

/** The programs of database images and web servers run what they find in these. */
const RUN_FROM = /^\/docker-entrypoint(-initdb)?\.d\//;

/** Scripts that a service mounts and that something runs for certain: its words name them, or its image looks there. */
export function mountedScripts(
  mounts: readonly HostMount[],
  words: string,
  files: FileFacts,
): readonly MountedScript[] {
  const named = new Set(words.split(/[\s"'`;|&()]+/));
  return mounts.flatMap(({ path, target, place }) =>
    scriptsAt(path, target, files)
      .filter((script) => RUN_FROM.test(script.target) || named.has(script.target))
      .map((script) => ({ path: script.path, place })),
  );
}

interface ScriptAt {
  readonly path: string;
  readonly target: string;
}

function scriptsAt(path: string, target: string, files: FileFacts): readonly ScriptAt[] {
  const kind = files.kindOf(path);
  if (kind === 'file') return [{ path, target }];
  if (kind !== 'directory') return [];
  const folder = target.replace(/\/$/, '');
  return files
    .list(path)
    .filter((entry) => entry.kind === 'file' && SCRIPT.test(entry.name))
    .map(({ name }) => ({ path: `${path}/${name}`, target: `${folder}/${name}` }));
}

export interface CopiedScript {
  /** Absolute, on the host. */
  readonly path: string;
  /** As the Dockerfile calls it, from its context on. */
  readonly shown: string;
  /** Of the instruction that copies it. */
  readonly span: Span;
}

/** Scripts that a Dockerfile copies from its context and speaks of again, to run them or to make them executable. */
export function copiedScripts(
  { stages }: DockerfileModel,
  directory: string,
  files: FileFacts,
): readonly CopiedScript[] {
  const instructions = stages.flatMap((stage) => stage.instructions);
  const used = usedScripts(instructions);
  if (used.size === 0) return [];
  return instructions.flatMap((instruction) =>
    sourcesOf(instruction).flatMap((source) => {
      const path = join(directory, source).replace(/\/$/, '');
      const kind = files.kindOf(path);
      const names = kind === 'directory' ? [...used] : [''];
      return names
        .map((name) => ({ path: join(path, name), shown: join(source, name) }))
        .filter((script) => used.has(basename(script.path)))
        .filter((script) => kind === 'file' || files.kindOf(script.path) === 'file')
        .map((script) => ({ ...script, span: instruction.span }));
    }),
  );
}

/** Names of files that instructions run, or make executable. */
function usedScripts(instructions: readonly Instruction[]): ReadonlySet<string> {
  const names = instructions
    .filter(({ keyword }) => /^(ENTRYPOINT|CMD|RUN|HEALTHCHECK)$/.test(keyword))
    .flatMap((instruction) => onOneLine(instruction).split(/[\s"'`;|&(),[\]]+/))
    .filter((word) => SCRIPT.test(word) || /^\.?\/[\w./-]*(entrypoint|start|run)[\w-]*$/.test(word))
    .map((word) => basename(word));
  return new Set(names);
}

function sourcesOf(instruction: Instruction): readonly string[] {
  const copy = copyOf(instruction);
  if (!copy || copy.from) return [];
  return copy.sources
    .map(({ text }) => text)
    .filter((source) => !/[*?$]|^([a-z]+:\/\/|<<)/.test(source));
}
