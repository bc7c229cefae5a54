import { missingNetwork } from '../../compose/facts/reach.ts';
import { defineRule } from '../../core/rule.ts';
import type { ScrapeTarget } from '../../project/scrape-targets.ts';
import { wirePortOf } from '../../roles/wire-ports.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';
import { around } from './network-reach.ts';

export const noUnscrapableTarget = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-unscrapable-target',
  meta: {
    summary: 'Let Prometheus scrape ports that serve metrics.',
    why: 'A database or a FastCGI port answers no HTTP: the target is down for ever, the dashboard stays empty, and each try leaves an error in the log of the service that is asked. A service on another network is not found at all.',
    fix: 'Nothing: add an exporter for the program, such as `prom/mysqld-exporter` or `oliver006/redis_exporter`, on a network that both share, and name it in the place of the target.',
    off: 'Where something between Prometheus and the service answers for it. Hosts that are no services of the project, targets that come from files or by relabelling, and programs that may serve metrics are not reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check(subject) {
    for (const service of subject.index.scraping) {
      if (service.scrapes === undefined || !service.complete) continue;
      const { place, file, targets } = service.scrapes;
      const reasons = targets.flatMap((target) => reasonFor(target, service, subject) ?? []);
      if (reasons.length === 0) continue;
      yield {
        span: place.span,
        source: place.source,
        service: service.name,
        data: undefined,
        message: `By ${file}, service ${service.name} scrapes ${[...new Set(reasons)].join(', and ')}: no metrics ever come. Scrape an exporter for each in its place, on a network that they share.`,
      };
    }
  },
});

function reasonFor(
  { host, port }: ScrapeTarget,
  prometheus: ServiceSubject,
  subject: ProjectSubject,
): string | undefined {
  const target = host === prometheus.name ? undefined : subject.serviceNamed(host);
  if (!target) return undefined;
  const wire = wirePortOf(target.program, port);
  if (wire) return `${host}:${String(port)}, which speaks ${wire.protocol}`;
  return missingNetwork(prometheus, target, around(subject)) === undefined
    ? undefined
    : `${host}:${String(port)}, which is on other networks`;
}
