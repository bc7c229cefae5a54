import { defineRule } from '../../core/rule.ts';
import { nameOf, operandsOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';
import { unpinned } from './unpinned-packages.ts';

export const noUnpinnedNpmPackage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-npm-package',
  meta: {
    summary: 'Say which version of an npm package is installed.',
    why: 'Without a version, npm takes what is newest on the day of the build: the same Dockerfile makes another image tomorrow, and a release that was taken over by somebody is in it at once.',
    fix: 'Nothing: only you know which version the program was tested with. Write `name@1.2.3`, or use a lock file and `npm ci`.',
    off: 'Where images are rebuilt often and tested before they run.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3016',
      'kics:npm_install_without_pinned_version',
      'kics:e36d8880-3f78-4546-b9a1-12f0745ca0d5',
    ],
    examples: ['FROM node:22.11-slim\nRUN npm install -g pm2\nUSER node\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\bnpm\b/))
        yield* unpinned(commands.map(packagesIn), (name) => `${name}@1.2.3`);
  },
});

const VALUED =
  /^(-[Cw]|--(prefix|registry|loglevel|cache|userconfig|globalconfig|workspace|omit|include|only|before|tag|arch|platform|os|cpu|libc|fetch-retries|fetch-timeout|maxsockets|location|install-strategy|save-prefix|script-shell))$/;

/** A version or tag, a file, a folder or a repository. */
const PINNED = /^.+@|^(?!@)[^/]*\/|:|^\.|\.(tgz|tar|tar\.gz)$/;

function packagesIn({ words }: ShellCommand): readonly ShellWord[] {
  const [program, ...rest] = programIn(words) ?? [];
  const [verb, ...packages] = operandsOf(rest, VALUED);
  if (nameOf(program) !== 'npm' || !/^(i|in|install|add)$/.test(verb?.text ?? '')) return [];
  return packages.filter(({ text }) => !PINNED.test(text));
}
