import { defineRule } from '../../core/rule.ts';
import { OUTSIDE } from '../../project/env-uses.ts';
import type { DotenvSubject } from '../subject.ts';

export const noUnusedName = defineRule<DotenvSubject, undefined>({
  id: 'dotenv/no-unused-name',
  meta: {
    summary: 'Set only variables that something uses.',
    why: 'Who sets a variable that nothing reads any more believes to have changed something: a port, a password, a version. Often it is a slip of the pen in the name.',
    fix: 'Nothing: whether the name is wrong or the line is left over, only you know.',
    off: 'Where a program elsewhere reads the file. A variable counts as used where its name stands in a Compose file, a script, a Dockerfile or any other file beside it; nothing is reported where a service gets the whole file.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ file: { variables }, kind, isHandedOver, isUsed }) {
    if (kind === 'other' || isHandedOver) return;
    const read = new Set(variables.flatMap(({ references }) => references.map(({ name }) => name)));
    for (const { name, nameSpan } of variables) {
      if (name === '' || OUTSIDE.test(name) || read.has(name) || isUsed(name)) continue;
      yield {
        span: nameSpan,
        data: undefined,
        message: `No Compose file or script here uses ${name}. Correct the name where it is set or used, or delete the line.`,
      };
    }
  },
});
