import { defineRule } from '../../core/rule.ts';
import { type Flag, flagNamed } from '../../dockerfile/flags.ts';
import { declaredIn } from '../../dockerfile/global-arguments.ts';
import type { Escape } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noRedundantPlatform = defineRule<DockerfileSubject, Flag>({
  id: 'dockerfile/no-redundant-platform',
  meta: {
    summary: 'Leave out `--platform=$TARGETPLATFORM`.',
    why: 'FROM takes the image for the platform that is built for without being asked. Whoever reads the flag looks for a reason that is not there; BuildKit warns about it at each build, and the older builder does not know the variable and stops.',
    fix: 'Takes the flag away.',
    severity: 'hint',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3065', 'buildkit:RedundantTargetPlatform'],
    examples: ['FROM --platform=$TARGETPLATFORM debian:12.7-slim\nUSER nobody\n'],
  },

  *check({ model: { stages, preamble } }) {
    // An ARG of that name stands for another value.
    if (declaredIn(preamble).has('TARGETPLATFORM')) return;
    for (const { from } of stages) {
      const flag = flagNamed(from.flags, 'platform');
      if (!flag || !/^\$(TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value ?? '')) continue;
      yield {
        span: flag.span,
        data: flag,
        message: `The platform that is built for is what FROM takes anyway, so ${flag.value ?? ''} changes nothing. Take the flag away.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { span } }, { model: { text, escape } }) => ({
      title: 'Take --platform away',
      edits: [{ span: { start: span.start, end: behind(text, span.end, escape) }, newText: '' }],
    }),
  },
});

/** Where the next word of the line starts, or that of a next line without a comment; else what is behind one space. */
function behind(text: string, at: number, escape: Escape): number {
  const next = escape === '`' ? TICK : BACKSLASH;
  next.lastIndex = at;
  return next.test(text) ? next.lastIndex : at + (/\s/.test(text.charAt(at)) ? 1 : 0);
}

const BACKSLASH = /[ \t]*(?:\\[ \t]*\r?\n[ \t]*)?(?=[^\s\\#])/y;
const TICK = /[ \t]*(?:`[ \t]*\r?\n[ \t]*)?(?=[^\s`#])/y;
