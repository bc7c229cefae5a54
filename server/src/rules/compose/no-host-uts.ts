import { hostNamespace, isPrivileged } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';

import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noHostUts = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-uts',
  meta: {
    summary: 'Do not share the host name with the host.',
    why: 'With `uts: host` a container has the name of the host, and with the capability for it changes that name for the whole host.',
    fix: 'Takes `uts: host` out. Set `hostname` where the program reports under it.',
    off: 'Where a program has to report under the name of the host. `hostname: ${HOSTNAME}` mostly does as well.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['cis:5.21'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    uts: host\n'],
  },

  *check(service) {
    const mode = hostNamespace(service, 'uts');
    if (!mode || isPrivileged(service)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} shares the name of the host, and may change it for all. Leave uts out, and set hostname if it needs a certain name.`,
    };
  },

  fix: leavingOut('uts', {
    title: (name) => `Give ${name} a host name of its own`,
    answer: (name) =>
      `Check that ${name} still works: it has a host name of its own now, and hostname sets it.`,
  }),
});
