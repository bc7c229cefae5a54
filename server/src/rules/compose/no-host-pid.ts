import { hostNamespace, isPrivileged } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noHostPid = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-pid',
  meta: {
    summary: 'Do not show services the processes of the host.',
    why: 'With `pid: host` a container sees every process of the host with its arguments and, as root, its environment and open files. It can stop or watch them, so a flaw in it is one of the whole host.',
    fix: 'Takes `pid: host` out. Look whether the program still finds the processes that it needs.',
    off: 'Where a program is there to watch processes. Images that are known for that, such as node-exporter, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:4f31dd9f-2cc3-4751-9b53-67e4af83dac0',
      'kics:host_namespace_is_shared',
      'cis:5.16',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    pid: host\n'],
  },

  *check(service) {
    const mode = hostNamespace(service, 'pid');
    if (!mode || isPrivileged(service) || isWatcher(service)) return;
    const { span, source } = mode;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} sees and may stop every process of the host. Leave pid out, or use pid: service:NAME for the one service that it looks at.`,
    };
  },

  fix: leavingOut('pid', {
    title: (name) => `Give ${name} processes of its own`,
    answer: (name) => `Check that ${name} still works: it sees its own processes only.`,
  }),
});

const isWatcher = ({ program, settings }: ServiceSubject): boolean =>
  settings.preset === 'recommended' && isKnownTo('observesHost', program);
