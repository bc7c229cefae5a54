import { isTrue } from '../../compose/isolation.ts';
import { withoutEntry } from '../../compose/lists.ts';
import type { Entry } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly entry: Entry;
  /** It is the service's own key, and not one of its build or its hooks. */
  readonly whole: boolean;
}

export const noPrivileged = defineRule<ServiceSubject, Data>({
  id: 'compose/no-privileged',
  meta: {
    summary: 'Do not run containers privileged.',
    why: 'A privileged container has every capability, every device and no filter of system calls: whoever breaks into it owns the host. What a program really needs is nearly always one device or one capability.',
    fix: 'Takes `privileged: true` out. Look which device or capability the program asks for then, and name it under `devices` or `cap_add`.',
    off: 'Where a service is an engine itself, such as a build runner, keep the rule and write an ignore comment with the reason at that service. Images that are known to be engines (`docker:dind`, BuildKit, k3s) are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:ae5b6871-7f45-42e0-bb4c-ab300c4d2026',
      'kics:privileged_containers_enabled',
      'cis:5.5',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    privileged: true\n'],
  },

  *check(service) {
    const { name, program, settings } = service;
    if (settings.preset === 'recommended' && isKnownTo('nestedEngine', program)) return;
    for (const [entry, what] of privilegesOf(service)) {
      const { source, span } = entry.value;
      yield {
        source,
        span,
        data: { entry, whole: what === '' },
        message: `${what === '' ? `Service ${name}` : `${what} of service ${name}`} is privileged: it may do anything on the host that root may. Name the devices or capabilities that it needs instead.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { whole } }, { name, map, file }) => {
      const edit = whole && map ? withoutEntry(file, map, 'privileged') : undefined;
      return (
        edit && {
          title: `Run ${name} unprivileged`,
          edits: [edit],
          answer: `Start ${name}, look what it is refused, and name that device or capability under devices or cap_add.`,
        }
      );
    },
  },
});

/** Of the service, its build, and what is run in it when it starts and stops. */
function privilegesOf({ find }: ServiceSubject): readonly (readonly [Entry, string])[] {
  const found: (readonly [Entry | undefined, string])[] = [
    [find('privileged'), ''],
    [find('build', 'privileged'), 'The build'],
  ];
  for (const [key, title] of hooks) {
    const list = find(key)?.value;
    if (list?.kind !== 'seq') continue;
    for (const { value } of list.items)
      if (value.kind === 'map') found.push([value.get('privileged'), title]);
  }
  return found.flatMap(([entry, what]) => (entry && isTrue(entry) ? [[entry, what] as const] : []));
}

const hooks = [
  ['post_start', 'A start hook'],
  ['pre_stop', 'A stop hook'],
] as const;
