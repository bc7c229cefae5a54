import { hostNamespace } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';
import { roleTitles } from '../../roles/role.ts';
import type { ServiceSubject } from '../subject.ts';
import { KEEPS_DATA } from './no-host-network.ts';

export const noDatabaseOnHostNetwork = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-database-on-host-network',
  meta: {
    summary: 'Keep databases, caches and queues off the network of the host.',
    why: 'Their images listen on every address, because a network of containers is around them. On the network of the host that is everybody who reaches the host, and many of them ask for no password.',
    fix: 'Nothing: services that use it reach it by its name once they share a network. Take `network_mode` out, and use the name of the service in place of `localhost`.',
    off: 'Where it listens on the loopback address alone, by its own configuration, because it has to be fast.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  cache:\n    image: redis:7.2\n    network_mode: host\n'],
  },

  *check(service) {
    const mode = hostNamespace(service, 'network_mode');
    if (!mode || !KEEPS_DATA.has(service.role)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} is ${roleTitles[service.role]} on the network of the host, so everybody who reaches the host reaches it. Give it a network that it shares with those who use it.`,
    };
  },
});
