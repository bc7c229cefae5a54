import { isPrivileged } from '../../compose/isolation.ts';
import { textOf } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';
import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noCgroupParent = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-cgroup-parent',
  meta: {
    summary: 'Leave services in the control group that the engine gives them.',
    why: 'Limits of the engine and of systemd hold for a tree of control groups. In another place of it a service shares the limits of something else, or has none.',
    fix: 'Takes `cgroup_parent` out.',
    off: 'Where slices of systemd share the host among groups of services on purpose.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['kics:4d9f44c6-2f4a-4317-9bb5-267adbea0232', 'kics:cgroup_not_default', 'cis:5.25'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    cgroup_parent: games.slice\n'],
  },

  *check(service) {
    const parent = service.find('cgroup_parent');
    const text = textOf(parent);
    if (!parent || text === undefined || text === '' || isPrivileged(service)) return;
    const { span, source } = parent.value;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${service.name} runs in the control group ${text}, with the limits of that one. Leave cgroup_parent out unless they are meant.`,
    };
  },

  fix: leavingOut('cgroup_parent', {
    title: (name) => `Leave ${name} in the control group of the engine`,
    answer: (name) => `Set limits for ${name} itself, if it has had those of the group.`,
  }),
});
