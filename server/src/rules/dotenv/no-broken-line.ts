import { defineRule } from '../../core/rule.ts';
import type { DotenvSubject } from '../subject.ts';

export const noBrokenLine = defineRule<DotenvSubject, undefined>({
  id: 'dotenv/no-broken-line',
  meta: {
    summary: 'Write lines that Compose can read.',
    why: 'Compose stops at the first line of an env file that it cannot read, and refuses the whole project. Files for shells have lines that it does not know.',
    fix: 'Nothing: what the line was meant to say is not known.',
    off: 'Where a file of this name is read by other programs alone, and no Compose file names it.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['compose-go:dotenv-unterminated-quote'],
    examples: [],
  },

  *check({ file: { problems } }) {
    for (const { kind, message, span } of problems)
      // Where it is set is no matter of the line.
      if (kind !== 'required-variable') yield { span, data: undefined, message };
  },
});
