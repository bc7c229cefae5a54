import { insertAt } from '../../compose/insert.ts';
import type { RestartPolicy } from '../../config/settings.ts';
import { defineRule } from '../../core/rule.ts';
import type { ComposeSubject, ServiceSubject } from '../subject.ts';

export const requireRestartPolicy = defineRule<ComposeSubject, ServiceSubject>({
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

  *check({ services, settings: { restart } }) {
    for (const service of services) {
      if (service.job || service.find('restart') || service.find('deploy', 'restart_policy'))
        continue;
      yield {
        span: service.nameSpan,
        service: service.name,
        data: service,
        message: `Service ${service.name} stays down after a crash or a reboot of the host. Set restart: ${restart}.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { name, map } }, { file, settings: { restart } }) => {
      const edit = map && insertAt(file, map, [], [['restart', restart]]);
      return edit && { title: `Restart ${name} ${titles[restart]}`, edits: [edit] };
    },
  },
});

const titles = {
  'unless-stopped': 'unless it was stopped',
  always: 'always',
  'on-failure': 'when it fails',
} as const satisfies Record<RestartPolicy, string>;
