import { hasFuse, isPrivileged } from '../../compose/isolation.ts';
import { textAt } from '../../compose/canonical/read.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noSharedPropagation = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-shared-propagation',
  meta: {
    summary: 'Do not let mounts that a container makes appear on the host.',
    why: 'With `shared` or `rshared` what the container mounts below this folder is mounted on the host too, over what is there, and in other containers. `slave` only lets it see what the host mounts, and is not reported.',
    fix: 'Nothing: take the option out, or use `rslave` where the container has to see what the host mounts later.',
    off: 'Where a service is there to make mounts for others, such as rclone, mergerfs or a storage driver. With `/dev/fuse` it is reported in the `strict` preset only.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:baa452f0-1f21-4a25-ace5-844e7a5f410d',
      'kics:volume_mounted_in_multiple_containers',
      'cis:5.20',
    ],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    volumes:\n      - /mnt/share:/share:rshared\n',
    ],
  },

  *check(service) {
    const { name, settings } = service;
    if (isPrivileged(service)) return;
    for (const { map, place, path } of service.facts.hostMounts()) {
      const propagation = textAt(map, 'bind', 'propagation')?.value;
      if (propagation !== 'shared' && propagation !== 'rshared') continue;
      if (settings.preset === 'recommended' && hasFuse(service)) continue;
      yield {
        ...place,
        data: undefined,
        message: `What service ${name} mounts below ${path} appears on the host too. Leave ${propagation} out, or use rslave.`,
      };
    }
  },
});
