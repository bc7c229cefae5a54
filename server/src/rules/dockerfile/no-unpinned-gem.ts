import { defineRule } from '../../core/rule.ts';
import { nameOf, operandsOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';
import { unpinned } from './unpinned-packages.ts';

export const noUnpinnedGem = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-gem',
  meta: {
    summary: 'Say which version of a gem is installed.',
    why: 'Without a version, gem takes what is newest on the day of the build: the same Dockerfile makes another image tomorrow, and one day it needs a newer Ruby than the image has.',
    fix: 'Nothing: only you know which version the program was tested with. Write `name:1.2.3`, or use Bundler with a lock file.',
    off: 'Where images are rebuilt often and tested before they run.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3028',
      'kics:gem_install_without_version',
      'kics:22cd11f7-9c6c-4f6e-84c0-02058120b341',
    ],
    examples: ['FROM ruby:3.3-slim\nRUN gem install bundler\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\bgem\b/))
        yield* unpinned(commands.map(packagesIn), (name) => `${name}:1.2.3`);
  },
});

/** A version for all of them, or a file that names the versions. */
const ELSEWHERE = /^(-v.*|--version.*|-g|--file.*|--explain|--help)$/;

const VALUED =
  /^(-[inPsp]|--(install-dir|bindir|platform|source|http-proxy|trust-policy|document|build-root))$/;

function packagesIn({ words }: ShellCommand): readonly ShellWord[] {
  const [program, ...all] = programIn(words) ?? [];
  // What follows two dashes is for the compiler.
  const dashes = all.findIndex(({ text }) => text === '--');
  const rest = dashes < 0 ? all : all.slice(0, dashes);
  const [verb, ...gems] = operandsOf(rest, VALUED);
  if (nameOf(program) !== 'gem' || !/^(i|install)$/.test(verb?.text ?? '')) return [];
  if (rest.some(({ text }) => ELSEWHERE.test(text))) return [];
  return gems.filter(({ text }) => !/:|\/|\.gem$/.test(text));
}
