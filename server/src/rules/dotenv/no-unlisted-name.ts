import { defineRule } from '../../core/rule.ts';
import { namesIn } from '../../project/env-example.ts';
import type { DotenvSubject } from '../subject.ts';

export const noUnlistedName = defineRule<DotenvSubject, undefined>({
  id: 'dotenv/no-unlisted-name',
  meta: {
    summary: 'Show in the example what `.env` sets.',
    why: '`.env` is not under version control, so the example is all that others see: what is missing there they do not set.',
    fix: 'Nothing in this file. Add the name, without its value, to the example; a comment such as `# NAME=` is enough.',
    off: 'Where `.env` holds variables that are nobody else’s business.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ file: { variables }, kind, counterpart, isUsed }) {
    if (kind !== 'own' || counterpart === undefined) return;
    const shown = new Set(namesIn(counterpart));
    for (const { name, nameSpan } of variables) {
      // What nothing uses need not be shown to anybody.
      if (name === '' || shown.has(name) || name.startsWith('COMPOSE_') || !isUsed(name)) continue;
      yield {
        span: nameSpan,
        data: undefined,
        message: `The example beside this file does not show ${name}, so others do not know of it. Add it there, without its value.`,
      };
    }
  },
});
