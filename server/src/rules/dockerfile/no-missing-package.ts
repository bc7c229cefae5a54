import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { rootImageOf } from '../../dockerfile/model.ts';
import { commandsOfRun, packageStepOf } from '../../dockerfile/shell.ts';
import { releaseBefore64BitTime } from '../../roles/releases.ts';
import type { Span } from '../../core/span.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noMissingPackage = defineRule<DockerfileSubject, string>({
  id: 'dockerfile/no-missing-package',
  meta: {
    summary: 'Install packages that the release of the base image has.',
    why: 'A package that is not in the archive stops the build: “Unable to locate package”. Names that end in `t64` came with Debian 13 and Ubuntu 24.04, where libraries got a time of 64 bits.',
    fix: 'Takes `t64` off the name, which is how older releases call the library. Look whether the version of the library in it is the one that the program needs.',
    off: 'Where a step that is not in the Dockerfile adds the archive of a newer release. Nothing is reported where the Dockerfile itself touches the list of archives.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'FROM debian:12.7-slim\nRUN apt-get update && apt-get install -y libaio1t64 && rm -rf /var/lib/apt/lists/*\nUSER nobody\n',
    ],
  },

  *check({ model }) {
    if (/sources\.list|add-apt-repository|default-release|\s-t[ =]/.test(model.text)) return;
    for (const stage of model.stages) {
      const release = releaseBefore64BitTime(rootImageOf(stage));
      if (release === undefined) continue;
      for (const { name, span } of stage.instructions.flatMap(installedBy)) {
        const older = name.replace(/t64$/, '');
        yield {
          span,
          data: older,
          message: `${release} has no package ${name}, so the build stops here. Names with t64 came with Debian 13 and Ubuntu 24.04; before that it is called ${older}.`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span, data: older }) => ({
      title: `Install ${older}`,
      edits: [{ span, newText: older }],
      answer: `Build the image, and see that ${older} is the library that the program needs.`,
    }),
  },
});

interface Installed {
  readonly name: string;
  readonly span: Span;
}

function installedBy(instruction: Instruction): Installed[] {
  if (!instruction.arguments.includes('t64')) return [];
  return commandsOfRun(instruction).flatMap((command) => {
    const step = packageStepOf(command);
    if (step?.does !== 'install') return [];
    return step.packages
      .map(({ text, start }) => ({ name: text.split(/[=:/]/)[0] ?? '', start }))
      .filter(({ name }) => /^lib[a-z0-9.+-]*t64$/.test(name))
      .map(({ name, start }) => ({ name, span: { start, end: start + name.length } }));
  });
}
