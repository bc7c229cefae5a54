import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { runTogether } from './no-duplicate-host-port.ts';

export const noDuplicateContainerName = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-duplicate-container-name',
  meta: {
    summary: 'Give each container a name of its own.',
    why: 'Names of containers are unique on a host: the second service with the same `container_name` does not start.',
    fix: 'Nothing: which of the two others call by that name is not in the file. Without `container_name` Compose makes one from project and service.',
    off: 'Where two services are never started together and no profiles say so. With profiles that they do not share nothing is reported.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['dclint:no-duplicate-container-names'],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    container_name: shop\n  api:\n    image: shop/api:1.4\n    container_name: shop\n',
    ],
  },

  *check({ services, index: { sharedNames } }) {
    if (sharedNames.size === 0) return;
    const known = new Map<string, ServiceSubject>();
    for (const service of services) {
      const name = service.facts.containerName();
      if (!name || !sharedNames.has(name.text)) continue;
      const other = known.get(name.text);
      if (!other) known.set(name.text, service);
      else if (runTogether(other, service)) {
        yield {
          span: name.span,
          source: name.source,
          service: service.name,
          data: undefined,
          message: `The container of service ${other.name} is called ${name.text} too, so one of them does not start. Leave container_name out, or choose another.`,
        };
      }
    }
  },
});
