import { hostNamespace, isPrivileged } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';

import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noHostUserns = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-userns',
  meta: {
    summary: 'Do not switch off the remapping of accounts for a service.',
    why: 'Where the engine remaps accounts, root in a container is nobody on the host. `userns_mode: host` takes that away from this service, and root in it is root.',
    fix: 'Takes `userns_mode: host` out. On an engine that remaps accounts, its files may then belong to others.',
    off: 'Where the engine does not remap accounts, and you keep the key for one that does because the service needs `privileged` or the network of the host there.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:8af7162d-6c98-482f-868e-0d33fb675ca8',
      'kics:shared_host_user_namespace',
      'cis:5.31',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    userns_mode: host\n'],
  },

  *check(service) {
    const mode = hostNamespace(service, 'userns_mode');
    if (!mode || isPrivileged(service)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} keeps the accounts of the host even where the engine remaps them, so root in it is root. Leave userns_mode out.`,
    };
  },

  fix: leavingOut('userns_mode', {
    title: (name) => `Let the engine remap the accounts of ${name}`,
    answer: (name) =>
      `Check that ${name} still works: on an engine that remaps accounts, its files may belong to others.`,
  }),
});
