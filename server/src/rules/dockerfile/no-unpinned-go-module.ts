import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { nameOf, operandsOf, runsOf, standingBefore } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';
import { unpinned } from './unpinned-packages.ts';

export const noUnpinnedGoModule = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-go-module',
  meta: {
    summary: 'Say which version of a Go program is installed.',
    why: 'With `@latest`, Go takes what is newest on the day of the build: the same Dockerfile makes another image tomorrow. Without a version it stops, unless a go.mod says which one is meant.',
    fix: 'Nothing: only you know which version was tested. Write `example.com/tool@v1.2.3`.',
    off: 'Where images are rebuilt often and tested before they run.',
    severity: 'hint',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3062'],
    examples: [
      'FROM golang:1.23\nRUN go install github.com/pressly/goose/v3/cmd/goose@latest\nUSER nobody\n',
    ],
  },

  *check({ model, settings }) {
    for (const stage of model.stages)
      for (const { instruction, commands } of runsOf(stage, /\bgo\b/)) {
        const isKnown =
          settings.preset !== 'all' && standingBefore(stage, instruction).some(bringsModule);
        yield* unpinned(
          commands.map((command) => modulesIn(command, isKnown)),
          (name) => `${name.replace(/@.*/, '')}@v1.2.3`,
        );
      }
  },
});

/** A go.mod that says which versions are meant may come with it. */
const bringsModule = ({ keyword, arguments: written }: Instruction): boolean =>
  /^(COPY|ADD)$/.test(keyword) && /(^|[\s/])go\.(mod|work)\b|^\.\/?\s/.test(written);

const VALUED =
  /^--?(C|p|o|asmflags|buildmode|compiler|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|exec)$/;

/** Its first part is the name of a host. */
const REMOTE = /^[\w-]+(\.[\w-]+)+\/[^@]+(@|$)/;

function modulesIn({ words }: ShellCommand, isKnown: boolean): readonly ShellWord[] {
  const [program, verb, ...rest] = programIn(words) ?? [];
  if (nameOf(program) !== 'go' || !/^(install|get|run)$/.test(verb?.text ?? '')) return [];
  const operands = operandsOf(rest, VALUED);
  // What follows the first is for the program that is run.
  const modules = verb?.text === 'run' ? operands.slice(0, 1) : operands;
  return modules.filter(
    ({ text }) =>
      REMOTE.test(text) &&
      (/@(latest|none|upgrade|patch)$/.test(text) || !(isKnown || text.includes('@'))),
  );
}
