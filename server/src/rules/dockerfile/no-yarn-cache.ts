import { defineRule } from '../../core/rule.ts';
import type { Edit } from '../../core/edit.ts';
import { appendToChain } from '../../dockerfile/append-command.ts';
import { isKept, mountsOver, nameOf, type Run, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noYarnCache = defineRule<DockerfileSubject, Edit | undefined>({
  id: 'dockerfile/no-yarn-cache',
  meta: {
    summary: 'Let Yarn keep no downloads in the image.',
    why: 'Yarn 1 keeps a copy of each package that it downloads for a next time, which never comes in an image: the copies only make it larger, and what a later RUN removes is still in the layer of the first.',
    fix: 'Adds `yarn cache clean` to the end of the chain of commands. Nothing where the RUN is a script, or has other operators behind `yarn install`.',
    off: 'Where Yarn 2 or newer is used in a way that is not seen here, or the image is squashed.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3060'],
    examples: ['FROM node:22.11-slim\nRUN yarn install --frozen-lockfile\nUSER node\n'],
  },

  *check({ model, contexts, files }) {
    const isNew = contexts.some((folder) => files.kindOf(`${folder}/.yarnrc.yml`) === 'file');
    if (isNew || NEW_YARN.test(model.text)) return;
    for (const stage of model.stages.filter((one) => isKept(one, model)))
      for (const run of runsOf(stage, /\byarn\b/)) {
        const command = installIn(run);
        if (!command) continue;
        yield {
          span: { start: command.start, end: command.words.at(-1)?.end ?? command.end },
          data: appendToChain(model, run, run.commands.indexOf(command), 'yarn cache clean'),
          message:
            'Yarn keeps a copy of all that it downloads in this layer, where nothing ever uses it. Add “&& yarn cache clean” to the same RUN.',
        };
      }
  },

  fix: {
    safety: 'safe',
    build: ({ data: edit }) => edit && { title: 'Clean the cache of Yarn', edits: [edit] },
  },
});

/** Its cache belongs to the project, and is often meant to stay. */
const NEW_YARN =
  /\.yarnrc\.yml|\.yarn\/|\byarn set version|\byarn@([2-9]|berry|stable)|--immutable/;

/** Any of these empties the cache, or puts it where it is thrown away. */
const CLEANED =
  /\byarn cache clean|\brm -\w+ [^;&|]*(cache|\/tmp)|--cache-folder[= ]\/(tmp|dev\/shm)/;

/** The last command of a RUN that installs, where its cache stays. */
function installIn({ instruction, commands }: Run): ShellCommand | undefined {
  if (CLEANED.test(instruction.arguments) || mountsOver(instruction, /cache|yarn/))
    return undefined;
  return commands.findLast(({ words }) => {
    const [yarn, ...rest] = programIn(words) ?? [];
    if (nameOf(yarn) !== 'yarn') return false;
    const verb = rest.map(({ text }) => text).join(' ');
    return /^((install|add|global add)(\s.*)?$|(--(frozen-lockfile|production|prod|pure-lockfile|ignore-scripts|non-interactive|silent)\b.*)?$)/.test(
      verb,
    );
  });
}
