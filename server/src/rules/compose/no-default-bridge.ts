import { textOf } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';
import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDefaultBridge = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-default-bridge',
  meta: {
    summary: 'Keep services off the default bridge of Docker.',
    why: 'On the default bridge are the containers of all projects of the host and of every `docker run`, they reach each other by address, and names are not resolved. Compose makes each project a network of its own.',
    fix: 'Takes `network_mode: bridge` out, so that the service is on the network of its project.',
    off: 'Where a service has to reach containers that others start with `docker run`.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['cis:5.30'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    network_mode: bridge\n'],
  },

  *check({ name, find }) {
    const mode = find('network_mode');
    if (!mode || !/^(bridge|default)$/.test(textOf(mode) ?? '')) return;
    const { span, source } = mode.value;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${name} shares the default bridge with containers of all projects, and finds none of its own by name. Leave network_mode out.`,
    };
  },

  fix: leavingOut('network_mode', {
    title: (name) => `Put ${name} on the network of its project`,
    answer: (name) =>
      `Use names of services where ${name} was reached by its address, or reached others by theirs.`,
  }),
});
