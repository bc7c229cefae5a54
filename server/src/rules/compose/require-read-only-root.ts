import { insertAt } from '../../compose/insert.ts';
import { isPrivileged } from '../../compose/isolation.ts';
import type { Line } from '../../core/addition.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireReadOnlyRoot = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-read-only-root',
  meta: {
    summary: 'Mount the root file system of a service read-only.',
    why: 'Who breaks into a container changes its programs or brings their own. Where nothing but volumes and `/tmp` can be written, neither stays, and what the program keeps is known.',
    fix: 'Adds `read_only: true`, and `/tmp` as a file system in memory where the service has none. Start the service: folders that it still wants to write to belong under `tmpfs` or in a volume.',
    off: 'Where images of others write in many places; most were not made for this.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['cis:5.13'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n'],
  },

  *check(service) {
    const { name, nameSpan, complete, find } = service;
    if (!complete || find('read_only') || find('provider') || isPrivileged(service)) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} can change the programs that it was started with. Set read_only: true, and name the folders that it writes to.`,
    };
  },

  fix: {
    // Programs write to their own folders, and nobody can see that from here.
    safety: 'unsafe',
    build: (_match, { name, map, file, find }) => {
      const edit = map && insertAt(file, map, [], linesFor(find));
      return (
        edit && {
          title: `Mount the root file system of ${name} read-only`,
          edits: [edit],
          answer: `Start ${name}, and name each folder that it cannot write to under tmpfs or as a volume.`,
        }
      );
    },
    addition: (_match, { find }) => ({
      what: 'read_only',
      path: [],
      lines: linesFor(find),
      answer:
        'Start each of them, and name each folder that it cannot write to under tmpfs or as a volume.',
    }),
  },
});

function linesFor(find: ServiceSubject['find']): readonly Line[] {
  return [['read_only', 'true'], ...(find('tmpfs') ? [] : [['tmpfs', '["/tmp"]'] as const])];
}
