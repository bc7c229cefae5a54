import { insertAt } from '../../compose/insert.ts';
import { textOf } from '../../compose/model.ts';
import type { Addition } from '../../core/addition.ts';
import { defineRule } from '../../core/rule.ts';
import { bytesOf, partOfCpus, partOfSize } from '../../roles/size.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireResourceReservations = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-resource-reservations',
  meta: {
    summary: 'Reserve memory and CPU for every service.',
    why: 'Limits say how much a container may take, reservations how much it can count on: without them, an overcommitted host starves the important services first.',
    fix: 'Adds a quarter (`reservation-percent`) of the limit in force, or of the limit that the service’s role suggests: as `deploy.resources.reservations`, or as `mem_reservation` beside the older `mem_limit`.',
    severity: 'info',
    preset: 'recommended',
    since: '0.1.0',
    aliases: [],
    examples: ['services:\n  cache:\n    image: redis:7.2\n    mem_limit: 512M\n    cpus: 1.0\n'],
  },

  *check({ name, nameSpan, complete, find }) {
    const reserved =
      find('deploy', 'resources', 'reservations', 'memory') ?? find('mem_reservation');
    if (!complete || reserved) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} reserves no memory, so a full host may leave it nothing. Set deploy.resources.reservations to about a quarter of its limits.`,
    };
  },

  fix: {
    safety: 'safe',
    build: (_match, service) => {
      const wanted = additionOf(service);
      const edit =
        wanted && service.map && insertAt(service.file, service.map, wanted.path, wanted.lines);
      return edit && { title: `Reserve ${wanted.memory} for ${service.name}`, edits: [edit] };
    },
    addition: (_match, service) => additionOf(service),
  },
});

function additionOf(service: ServiceSubject): (Addition & { readonly memory: string }) | undefined {
  const { file, settings } = service;
  const { reservationPercent } = settings;
  const cpus = partOfCpus(limitOf(service, 'cpus', 'cpus'), reservationPercent);
  const memory = partOfSize(limitOf(service, 'memory', 'mem_limit'), reservationPercent);
  if (memory === undefined) return undefined;
  // Of several the smallest: no service may reserve more than its limit.
  const common = { what: `reservations (${memory})`, memory, weight: -(bytesOf(memory) ?? 0) };
  const older =
    service.find('mem_limit') !== undefined && service.find('deploy', 'resources') === undefined;
  if (older)
    return { ...common, path: [], lines: [['mem_reservation', memory]], against: ['deploy'] };
  const { quote } = file.style;
  const hasCpus = service.find('deploy', 'resources', 'reservations', 'cpus') !== undefined;
  return {
    ...common,
    path: ['deploy', 'resources', 'reservations'],
    lines: [
      ...(cpus === undefined || hasCpus ? [] : [['cpus', `${quote}${cpus}${quote}`] as const]),
      ['memory', memory],
    ],
    against: ['mem_limit', 'mem_reservation'],
  };
}

/** The limit in force, or the role's; empty where only the environment knows it, for then nothing is safe to say. */
function limitOf(service: ServiceSubject, key: 'cpus' | 'memory', older: string): string {
  const entry = service.find('deploy', 'resources', 'limits', key) ?? service.find(older);
  return entry ? (textOf(entry) ?? '') : service.limits[key];
}
