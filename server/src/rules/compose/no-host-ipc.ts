import { hostNamespace, isPrivileged } from '../../compose/isolation.ts';
import { textOf } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';

import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noHostIpc = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-ipc',
  meta: {
    summary: 'Do not share the memory segments of the host.',
    why: 'With `ipc: host` a container reads and writes the shared memory of every process of the host. Programs that need much shared memory, such as databases, browsers and PyTorch, need a larger `shm_size`, not that of the host.',
    fix: 'Takes `ipc: host` out. Say with `shm_size` how much shared memory the program needs, where 64 MB are too few.',
    off: 'Where a container exchanges data with a process of the host by shared memory. Services with a graphics card, whose instructions ask for it, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:baa3890f-bed7-46f5-ab8f-1da8fc91c729',
      'kics:shared_host_ipc_namespace',
      'cis:5.17',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    ipc: host\n'],
  },

  *check(service) {
    const mode = hostNamespace(service, 'ipc');
    if (!mode || isPrivileged(service) || isAccelerated(service)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} shares the memory segments of every process of the host. Leave ipc out, and set shm_size if it needs much shared memory.`,
    };
  },

  fix: leavingOut('ipc', {
    title: (name) => `Give ${name} shared memory of its own`,
    answer: (name) =>
      `Check that ${name} still works: it has 64 MB of shared memory now, and shm_size gives it more.`,
  }),
});

/** What runs on graphics cards is told by its makers to share memory with the host. */
const isAccelerated = ({ find, settings }: ServiceSubject): boolean =>
  settings.preset === 'recommended' &&
  (find('gpus') !== undefined ||
    textOf(find('runtime')) === 'nvidia' ||
    find('deploy', 'resources', 'reservations', 'devices') !== undefined);
