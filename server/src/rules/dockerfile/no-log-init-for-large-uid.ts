import { defineRule } from '../../core/rule.ts';
import { nameOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noLogInitForLargeUid = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-log-init-for-large-uid',
  meta: {
    summary: 'Create users with large numbers without their entries in the login logs.',
    why: 'useradd writes an entry into /var/log/lastlog and faillog at a place that is the number of the user: the files are full of holes on a disk, but the layer of an image has no holes. It grows by gigabytes, and the build may fill the disk.',
    fix: 'Adds `-l`, which leaves the login logs alone. Nobody reads them in a container.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3046'],
    examples: ['FROM debian:12.7-slim\nRUN useradd -u 1000123 shop\nUSER shop\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\buseradd\b/))
        for (const { words } of commands) {
          const [useradd, ...rest] = programIn(words) ?? [];
          if (!useradd || nameOf(useradd) !== 'useradd') continue;
          const uid = uidOf(rest);
          if (uid === undefined || rest.some(({ text }) => NO_LOG.test(text))) continue;
          yield {
            span: { start: useradd.start, end: useradd.end },
            data: undefined,
            message: `The number ${uid} makes the login logs that useradd writes gigabytes large in the image. Add -l.`,
          };
        }
  },

  fix: {
    safety: 'safe',
    build: ({ span: { end } }) => ({
      title: 'Add -l',
      edits: [{ span: { start: end, end }, newText: ' -l' }],
    }),
  },
});

/** Of short options, those in front may not take what follows for their value. */
const NO_LOG = /^(--no-log-init|-[DhmMNorU]*l\w*)$/;

/** Where it has six digits or more. */
function uidOf(words: readonly ShellWord[]): string | undefined {
  for (const [index, { text }] of words.entries()) {
    const [, attached] = /^(?:--uid=|-[DhlmMNorU]*u)(.*)$/.exec(text) ?? [];
    const isNext = attached === '' || text === '--uid';
    const uid = isNext ? words[index + 1]?.text : attached;
    if (uid !== undefined && /^\d{6,}$/.test(uid)) return uid;
  }
  return undefined;
}
