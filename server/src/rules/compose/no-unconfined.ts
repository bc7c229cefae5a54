import {
  hasFuse,
  isPrivileged,
  type SecurityOption,
  securityOptionsOf,
} from '../../compose/isolation.ts';
import { withoutItem } from '../../compose/lists.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const noUnconfined = defineRule<ServiceSubject, SecurityOption>({
  id: 'compose/no-unconfined',
  meta: {
    summary: 'Do not switch off the filters around a container.',
    why: 'seccomp keeps a container from system calls that break out of it, AppArmor and SELinux from files and mounts of the host, and masked paths hide the settings of the kernel. Most ways out of containers that became known needed one of them to be off.',
    fix: 'Takes the option out. If the program is refused something then, give it a profile of its own that allows that, such as `seccomp=./profile.json`.',
    off: 'Where a program makes containers or namespaces of its own and brings no profile. AppArmor off next to `/dev/fuse` or D-Bus, engines in containers, and SELinux labels off are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:404fde2c-bc4b-4371-9747-7054132ac953',
      'kics:default_seccomp_profile_disabled',
      'cis:5.2',
      'cis:5.3',
      'cis:5.22',
      'owasp:RULE#6',
    ],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    security_opt:\n      - seccomp=unconfined\n',
    ],
  },

  *check(service) {
    if (isPrivileged(service)) return;
    for (const option of securityOptionsOf(service)) {
      const filter = filterOf(option);
      if (filter === undefined || isDocumented(option, service)) continue;
      const { span, source } = option.scalar;
      yield {
        span,
        source,
        data: option,
        message: `Service ${service.name} runs without ${filter}. Leave the option out, or give it a profile that allows what it needs.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { name: option, scalar } }, { name, map, file }) => {
      const edits = map && withoutItem(file, map, 'security_opt', scalar);
      return (
        edits && {
          title: `Use the default of ${option} for ${name}`,
          edits,
          answer: `Check that ${name} still starts and works; a profile of its own can allow what it is refused.`,
        }
      );
    },
  },
});

/** What the option switches off. */
function filterOf({ name, value }: SecurityOption): string | undefined {
  if (name === 'label' && value === 'disable') return 'the labels of SELinux';
  return value === 'unconfined' ? filters.get(name) : undefined;
}

const filters: ReadonlyMap<string, string> = new Map([
  ['seccomp', 'the filter of system calls'],
  ['apparmor', 'the profile of AppArmor'],
  ['systempaths', 'the masks over the settings of the kernel'],
]);

function isDocumented({ name }: SecurityOption, service: ServiceSubject): boolean {
  if (service.settings.preset !== 'recommended') return false;
  if (name === 'label' || isKnownTo('nestedEngine', service.program)) return true;
  return name === 'apparmor' && (hasFuse(service) || usesDbus(service));
}

const usesDbus = (service: ServiceSubject): boolean =>
  service.facts.hostMounts().some(({ path }) => /^(\/var)?\/run\/dbus(\/|$)/.test(path));
