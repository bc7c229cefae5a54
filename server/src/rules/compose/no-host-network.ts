import { hostNamespace } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { Role } from '../../roles/role.ts';
import type { ServiceSubject } from '../subject.ts';

/** They keep data and ask little of who reaches them: see `compose/no-database-on-host-network`. */
export const KEEPS_DATA: ReadonlySet<Role> = new Set(['database', 'cache', 'search', 'queue']);

export const noHostNetwork = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-network',
  meta: {
    summary: 'Give services a network of their own.',
    why: 'On the network of the host every port that the program opens is open to everybody who reaches the host, and the program reaches what listens on the host alone. Networks that keep services apart do not hold for it.',
    fix: 'Nothing: which ports it needs is known to you. Publish those under `ports`, and take `network_mode` out.',
    off: 'Where a program finds devices by broadcasts, hands out addresses or builds tunnels. Images that are known for that, such as Home Assistant, are reported in the `strict` preset only.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:071a71ff-f868-47a4-ac0b-3c59e4ab5443',
      'kics:shared_host_network_namespace',
      'cis:5.10',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    network_mode: host\n'],
  },

  *check(service) {
    const { name, program, role, settings } = service;
    const mode = hostNamespace(service, 'network_mode');
    if (!mode || KEEPS_DATA.has(role)) return;
    if (settings.preset === 'recommended' && isKnownTo('needsHostNetwork', program)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${name} uses the network of the host, so each port that it opens is open to all who reach the host. Publish the ports that it needs, and leave network_mode out.`,
    };
  },
});
