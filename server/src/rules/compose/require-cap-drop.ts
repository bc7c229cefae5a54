import { isPrivileged } from '../../compose/isolation.ts';
import { insertAt } from '../../compose/insert.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireCapDrop = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-cap-drop',
  meta: {
    summary: 'Drop the capabilities that a service does not need.',
    why: 'Docker gives each container fourteen capabilities, for programs that need any of them. Few need more than one or two, and every other one is a tool for whoever breaks in.',
    fix: 'Adds `cap_drop: ["ALL"]`. Start the service, and name under `cap_add` what it is refused: images that start as root and change to an account mostly need `CHOWN`, `SETGID` and `SETUID`.',
    off: 'Where images of others start as root and nobody wants to find out what each new version needs.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['owasp:RULE#3'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n'],
  },

  *check(service) {
    const { name, nameSpan, complete, find } = service;
    if (!complete || find('cap_drop') || find('provider') || isPrivileged(service)) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} keeps all capabilities that Docker gives by default. Drop them with cap_drop: ["ALL"], and add those that it needs.`,
    };
  },

  fix: {
    // What an image needs is not written anywhere that can be read here.
    safety: 'unsafe',
    build: (_match, { name, map, file }) => {
      const edit = map && insertAt(file, map, [], [['cap_drop', '["ALL"]']]);
      return (
        edit && {
          title: `Drop all capabilities of ${name}`,
          edits: [edit],
          answer: `Start ${name}, look what it is refused, and name that under cap_add.`,
        }
      );
    },
    addition: () => ({
      what: 'cap_drop',
      path: [],
      lines: [['cap_drop', '["ALL"]']],
      answer: 'Start each of them, look what it is refused, and name that under cap_add.',
    }),
  },
});
