import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noPrivilegedHostPort = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-privileged-host-port',
  meta: {
    summary: 'Publish on ports of the host from 1024 up.',
    why: 'Ports below 1024 are kept for services that root has started, and others trust them for that. Web servers and proxies are meant to have 80 and 443; the rest mostly took such a port by habit.',
    fix: 'Nothing: who uses the port has to know its new number.',
    off: 'On hosts that serve mail, names or other protocols whose ports are fixed.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'kics:bc2908f3-f73c-40a9-8793-c1b7d5544f79',
      'kics:privileged_ports_mapped_in_container',
      'cis:5.8',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    ports:\n      - "81:8080"\n'],
  },

  *check({ name, find, canonical, role }) {
    if (!find('ports')) return;
    for (const port of oncePerEntry(portsOf(canonical))) {
      const number = Number.parseInt(port.published?.value ?? '', 10);
      const isWeb = role === 'web' && (number === 80 || number === 443);
      if (!(number > 0 && number < 1024) || isWeb) continue;
      yield {
        ...placeOf(port),
        data: undefined,
        message: `Service ${name} takes port ${number} of the host, one of those that are kept for the system. Publish it on a port from 1024 up, or through the reverse proxy.`,
      };
    }
  },
});
