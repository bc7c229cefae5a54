import { insertAt } from '../../compose/insert.ts';
import type { RestartPolicy } from '../../config/settings.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireRestartPolicy = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-restart-policy',
  meta: {
    summary: 'Say what happens when a service stops.',
    why: 'Without a policy a container that crashes, or a host that restarts, leaves the service down until somebody notices.',
    fix: 'Adds `restart: unless-stopped`, or what `restart` says in `.dockwright.yaml`. Jobs (others wait for their end, or their name, profile or deploy mode says so) are left alone, and so is an explicit `restart: "no"`.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['cis:5.15'],
    examples: ['services:\n  cache:\n    image: redis:7.2\n'],
  },

  *check({ name, nameSpan, complete, job, find, settings: { restart } }) {
    if (!complete || job || find('restart') || find('deploy', 'restart_policy')) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} stays down after a crash or a reboot of the host. Set restart: ${restart}.`,
    };
  },

  fix: {
    safety: 'safe',
    build: (_match, { name, map, file, settings: { restart } }) => {
      const edit = map && insertAt(file, map, [], [['restart', restart]]);
      return edit && { title: `Restart ${name} ${titles[restart]}`, edits: [edit] };
    },
    addition: (_match, { settings: { restart } }) => ({
      what: 'restart',
      path: [],
      lines: [['restart', restart]],
    }),
  },
});

const titles = {
  'unless-stopped': 'unless it was stopped',
  always: 'always',
  'on-failure': 'when it fails',
} as const satisfies Record<RestartPolicy, string>;
