/** How many of a service run, where, and with which resources. */
import { entryAt } from '../make.ts';
import type { MapValue } from '../value.ts';
import { deviceRequests } from './devices.ts';
import { keyedTexts } from './keyed.ts';
import { byDefault } from './parts.ts';
import { decimal, duration, size, text, texts, whole } from './scalar-shapes.ts';
import {
  isEmpty,
  isNull,
  kept,
  list,
  record,
  type Shape,
  withEntries,
  withEntry,
} from './shape.ts';

/** A part that Compose always has: JSON shows it though it is empty. */
export const embedded = (shape: Shape): Shape => ({
  ...shape,
  isZero: (value, format) => isNull(value) || (format === 'yaml' && isEmpty(value)),
  absent: (format) => (format === 'json' ? {} : undefined),
});

const update = record({
  parallelism: kept(whole),
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: decimal,
  order: text,
});

const resource = record({
  cpus: decimal,
  memory: size,
  pids: whole,
  devices: deviceRequests,
  generic_resources: list(
    record({ discrete_resource_spec: record({ kind: kept(text), value: kept(whole) }) }),
  ),
});

export const deploy: Shape = record({
  mode: text,
  replicas: kept(whole),
  labels: keyedTexts,
  update_config: update,
  rollback_config: update,
  resources: embedded(record({ limits: resource, reservations: resource })),
  restart_policy: record({
    condition: text,
    delay: kept(duration),
    max_attempts: kept(whole),
    window: kept(duration),
  }),
  placement: embedded(
    record({
      constraints: texts,
      preferences: list(record({ spread: text })),
      max_replicas_per_node: whole,
    }),
  ),
  endpoint_mode: text,
});

const SCALED = byDefault('The number of replicas is that of "scale".');

/** `scale` says how many replicas there are, where there is a `deploy` that does not. */
export function withReplicas(service: MapValue): MapValue {
  const scale = service.get('scale');
  const section = service.get('deploy');
  if (!scale || section?.value.kind !== 'map' || section.value.get('replicas')) return service;
  const replicas = entryAt(scale.value, 'replicas', scale.value, SCALED);
  const value = withEntries(section.value, [...section.value.entries, replicas]);
  return withEntry(service, { ...section, value });
}
