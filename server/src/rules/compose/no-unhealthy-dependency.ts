import type { Scalar } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import { writtenAt } from '../../compose/written.ts';
import type { ProjectSubject } from '../subject.ts';

interface Data {
  readonly condition: Scalar;
  readonly name: string;
}

export const noUnhealthyDependency = defineRule<ProjectSubject, Data>({
  id: 'compose/no-unhealthy-dependency',
  meta: {
    summary: 'Wait for the health only of services that have a health check.',
    why: 'A container without a health check is never healthy: Compose gives up with “has no healthcheck configured”, and what waits for it does not start.',
    fix: 'Waits for the start alone. Better is a health check at the service that is waited for, such as `compose/require-healthcheck` adds.',
    off: 'Never for what it reports: that an image has no health check of its own is said only where its Dockerfile is here, or the image is an official one.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:16.4\n',
    ],
  },

  *check({ index, serviceNamed }) {
    for (const service of index.waitingInVain) {
      for (const { name, condition } of service.facts.healthyWaits()) {
        const reason = serviceNamed(name)?.neverHealthy();
        if (reason === undefined) continue;
        yield {
          span: condition.span,
          source: condition.source,
          service: service.name,
          data: { condition, name },
          message: `Service ${service.name} waits until ${name} is healthy, and ${name} ${reason}: Compose gives up instead of starting it. Give ${name} a health check, or wait for service_started.`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { condition, name } }, { project }) => {
      const span = writtenAt(condition, { start: 0, end: condition.text.length });
      const isHere = condition.source.file === project.file.file;
      if (!span || !isHere || condition.template !== undefined) return undefined;
      return {
        title: `Wait only for the start of ${name}`,
        edits: [{ span, source: condition.source, newText: 'service_started' }],
      };
    },
  },
});
