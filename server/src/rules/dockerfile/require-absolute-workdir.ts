import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { inheritedBy, type Instruction, type Stage } from '../../dockerfile/model.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requireAbsoluteWorkdir = defineRule<DockerfileSubject, Relative>({
  id: 'dockerfile/require-absolute-workdir',
  meta: {
    summary: 'Begin the paths of WORKDIR with a slash.',
    why: 'A relative WORKDIR starts at the folder that the base image was left in. Its next version may be left in another one, and the files of your program lie elsewhere without a word.',
    fix: 'Puts the folder in front: the one that the file set before, or `/`, which most base images are left in. Nothing for `~`, `.` and `..`.',
    off: 'Where the folder of the base image is yours to decide. Paths behind another WORKDIR of the same file are reported in the `all` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3000',
      'buildkit:WorkdirRelativePath',
      'trivy:DS-0009',
      'checkov:CKV_DOCKER_10',
      'kics:6b376af8-cfe8-49ab-a08d-f32de23661a4',
      'kics:workdir_path_not_absolute',
      'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
    ],
    examples: ['FROM debian:12.7-slim\nWORKDIR app\n'],
  },

  *check({ model, settings }) {
    for (const stage of model.stages)
      for (const { span, path, folder, isFirst } of relativeIn(stage)) {
        // Those behind the first one are as good as what it starts from.
        if (!isFirst && settings.preset !== 'all') continue;
        yield { span, data: { path, folder }, message: told(path) };
      }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span, data: { path, folder } }, { model: { text } }) => {
      if (folder === undefined || !PLAIN.test(path)) return undefined;
      const start = span.start + (/^["']/.test(text.slice(span.start)) ? 1 : 0);
      const end = start + path.length - withoutDots(path).length;
      return {
        title: `Write the path from ${folder} on`,
        edits: [{ span: { start, end }, newText: behind(folder) }],
        answer: `Check which folder the base image is left in: until now the path started there, from now on at ${folder}.`,
      };
    },
  },
});

interface Relative {
  /** As written, without quotes. */
  readonly path: string;
  /** Where it starts, as far as the file says; undefined where that is no plain path. */
  readonly folder: string | undefined;
}

interface Found extends Relative {
  readonly span: Span;
  /** The file sets no other folder before it. */
  readonly isFirst: boolean;
}

/** Of the stage itself; what its parents set counts. */
function* relativeIn(stage: Stage): Iterable<Found> {
  let folder: string | undefined = '/';
  let isFirst = true;
  for (const instruction of inheritedBy(stage)) {
    if (instruction.keyword !== 'WORKDIR') continue;
    const path = pathOf(instruction);
    const isAbsolute = ABSOLUTE.test(path);
    if (!isAbsolute && stage.instructions.includes(instruction))
      yield { span: instruction.argumentsSpan, path, folder, isFirst };
    folder = isAbsolute ? plainOr(path) : folderBelow(folder, path);
    isFirst = false;
  }
}

const plainOr = (path: string): string | undefined => (path.startsWith('/') ? path : undefined);

const folderBelow = (folder: string | undefined, path: string): string | undefined =>
  folder !== undefined && PLAIN.test(path) ? behind(folder) + withoutDots(path) : undefined;

const behind = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`);

const withoutDots = (path: string): string => path.replace(/^(\.\/)+/, '');

/** Begins with a name, not with `~` or `..`. */
const PLAIN = /^(\.\/)*[\w@-]/;

/** From the root, a variable, a Windows drive, a share. */
const ABSOLUTE = /^(\/|\$|[a-zA-Z]:|\\)/;

/** As written, without quotes: escapes in a Windows path are none. */
const pathOf = ({ arguments: written }: Instruction): string =>
  written.trim().replace(/^(["'])(.*)\1$/, '$2');

const told = (path: string): string =>
  `“${path}” starts at whatever folder the base image was left in, which its next version may change. Write the whole path, with a slash in front.`;
