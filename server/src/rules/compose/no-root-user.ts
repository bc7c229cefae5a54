import { isPrivileged } from '../../compose/isolation.ts';
import { textOf } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';
import { runsUnprivileged } from '../../roles/image-user.ts';
import { leavingOut } from '../fixes.ts';
import type { ServiceSubject } from '../subject.ts';

export const noRootUser = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-root-user',
  meta: {
    summary: 'Do not run a service as root whose image has given that up.',
    why: 'The image is made to run under a plain account, or changes to one when it starts. `user: root` takes that back, so a flaw in the program starts where an attacker wants to get to.',
    fix: 'Takes `user` out. Files in its volumes that belong to root have to be given to the account of the image then.',
    off: 'Where volumes hold files of root and their owner cannot be changed, such as some network shares. Jobs are not reported, and images that run as root anyway are reported in the `strict` preset only.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  metrics:\n    image: grafana/grafana:11.3.0\n    user: root\n'],
  },

  *check(service) {
    const { name, find, job, program, settings } = service;
    const user = find('user');
    if (!isRoot(textOf(user)) || job || isPrivileged(service)) return;
    const isDowngrade = program !== undefined && runsUnprivileged(program);
    if (!user || (settings.preset === 'recommended' && !isDowngrade)) return;
    const { span, source } = user.value;
    yield {
      span,
      source,
      data: undefined,
      message: `Service ${name} runs as root${isDowngrade ? ', although its image needs no root' : ''}. Leave user out, or name a plain account.`,
    };
  },

  fix: leavingOut('user', {
    title: (name) => `Run ${name} under the account of its image`,
    answer: (name) =>
      `Give the files in the volumes of ${name} to the account of its image, if they belong to root.`,
  }),
});

const isRoot = (user: string | undefined): boolean =>
  user !== undefined && /^(root|0)(:\w*)?$/.test(user);
