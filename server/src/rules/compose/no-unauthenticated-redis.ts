import { portsOf } from '../../compose/canonical/read.ts';
import { hostNamespace } from '../../compose/isolation.ts';
import { reachOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import { isForDevelopment } from '../../roles/development.ts';
import { asksNobody } from '../../roles/redis-password.ts';
import type { ServiceSubject } from '../subject.ts';

export const noUnauthenticatedRedis = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-unauthenticated-redis',
  meta: {
    summary: 'Give Redis a password where others than the project reach it.',
    why: 'The image asks nobody for a password as long as no one sets it. Who reaches the port reads and empties the store, and can write files by it: that is how hosts with an open Redis are taken over.',
    fix: 'Nothing: the services that use it have to send the password too. Set `requirepass` in the mounted `redis.conf`, or start it with `--requirepass` and a required variable.',
    off: 'Where the network that it is published to is trusted and holds nothing else. A Redis that only other services of the project reach is reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  cache:\n    image: redis:7.2\n    ports:\n      - "6379:6379"\n'],
  },

  *check(service) {
    const { complete, name, settings, nameSpan, source } = service;
    if (!complete || !asksNobody(service)) return;
    if (settings.preset === 'recommended') {
      if (!isReached(service) || isForDevelopment(service, { span: nameSpan, source })) return;
    }
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} asks nobody for a password, so whoever reaches it reads and changes everything in it. Set requirepass in its configuration or its command.`,
    };
  },
});

/** By others than the services of the project and the host itself. */
function isReached(service: ServiceSubject): boolean {
  if (hostNamespace(service, 'network_mode')) return true;
  return portsOf(service.canonical).some(
    (port) => port.target?.value === 6379 && /^(everybody|address)$/.test(reachOf(port)),
  );
}
