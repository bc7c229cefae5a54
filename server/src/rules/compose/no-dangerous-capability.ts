import { capabilitiesOf, hasFuse, hostNamespace, isPrivileged } from '../../compose/isolation.ts';
import { withoutItem } from '../../compose/lists.ts';
import type { Scalar } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly capability: string;
  readonly scalar: Scalar;
}

export const noDangerousCapability = defineRule<ServiceSubject, Data>({
  id: 'compose/no-dangerous-capability',
  meta: {
    summary: 'Do not add capabilities that open the host.',
    why: 'Most capabilities allow one thing, such as a raw socket for pings. A few allow so much that the rest does not matter: `SYS_ADMIN` mounts, `SYS_MODULE` loads code into the kernel, `SYS_RAWIO` and `DAC_READ_SEARCH` read what no permission allows.',
    fix: 'Takes the capability out. Look what the program is refused then, and name the smaller capability or the device that it needs.',
    off: 'Where a program is known to need one, keep the rule and write an ignore comment with the reason at that line. `SYS_ADMIN` next to `/dev/fuse`, and `SYS_MODULE` for tunnels, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:ce76b7d0-9e77-464d-b86f-c5c48e03e22d',
      'kics:container_capabilities_unrestricted',
      'cis:5.4',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    cap_add:\n      - SYS_ADMIN\n'],
  },

  *check(service) {
    const { name } = service;
    if (isPrivileged(service)) return;
    for (const { name: capability, scalar } of capabilitiesOf(service, 'cap_add')) {
      const allows = allowedBy(capability, service);
      if (allows === undefined) continue;
      const { span, source } = scalar;
      yield {
        span,
        source,
        data: { capability, scalar },
        message: `Service ${name} gets ${capability}, which ${allows}. Take it out, or name the smaller capability or the device that is needed.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { capability, scalar } }, { name, map, file }) => {
      const edits = map && withoutItem(file, map, 'cap_add', scalar);
      return (
        edits && {
          title: `Take ${capability} from ${name}`,
          edits,
          answer: `Start ${name}, look what it is refused, and name the smaller capability or the device that it needs.`,
        }
      );
    },
  },
});

const dangerous: ReadonlyMap<string, string> = new Map([
  ['ALL', 'is every capability there is'],
  ['BPF', 'lets it run programs in the kernel'],
  ['DAC_READ_SEARCH', 'lets it read every file of the host by its handle'],
  ['MAC_ADMIN', 'lets it change the rules of AppArmor and SELinux'],
  ['MAC_OVERRIDE', 'lets it break the rules of AppArmor and SELinux'],
  ['SYS_ADMIN', 'lets it mount file systems and leave its container'],
  ['SYS_BOOT', 'lets it restart the host or load another kernel'],
  ['SYS_MODULE', 'lets it load code into the kernel of the host'],
  ['SYS_RAWIO', 'lets it read and write the memory and ports of the host'],
]);

/** What a capability allows that is too much for this service; undefined where it is not. */
function allowedBy(capability: string, service: ServiceSubject): string | undefined {
  if (service.settings.preset === 'recommended' && isDocumented(capability, service))
    return undefined;
  if (capability === 'SYS_PTRACE')
    return hostNamespace(service, 'pid') && !isKnownTo('observesHost', service.program)
      ? 'with pid: host lets it take over every process of the host'
      : undefined;
  return dangerous.get(capability);
}

function isDocumented(capability: string, service: ServiceSubject): boolean {
  if (capability === 'SYS_ADMIN') return hasFuse(service);
  if (capability === 'SYS_RAWIO') return isKnownTo('asksDisks', service.program);
  if (capability === 'SYS_MODULE') return isKnownTo('opensTunnels', service.program);
  return isKnownTo('observesHost', service.program) && capability === 'BPF';
}
