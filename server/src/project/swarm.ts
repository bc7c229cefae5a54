/** Whether a project is written for `docker stack deploy`, which reads other keys than Compose does. */
import { descend, textOf } from '../compose/model.ts';
import type { MapValue } from '../compose/value.ts';
import type { ComposeProject } from './compose-project.ts';

/** Signs that only Swarm can mean: networks over several hosts, secrets and configs that it keeps, services of its modes. */
export function isForSwarm({ merged, services }: ComposeProject): boolean {
  for (const { value } of merged.networks.values())
    if (textOf(descend(value, ['driver'])) === 'overlay') return true;
  for (const section of [merged.secrets, merged.configs])
    for (const { value } of section.values()) if (descend(value, ['external'])) return true;
  return services.some(({ merged: map }) => isSwarmService(map)) && !services.some(isForCompose);
}

/** Keys below `deploy` that Compose does not act on. */
const SWARM_KEYS = ['placement', 'update_config', 'rollback_config', 'endpoint_mode'];

function isSwarmService(map: MapValue): boolean {
  return SWARM_KEYS.some((key) => descend(map, ['deploy', key]) !== undefined);
}

/** Keys that Swarm does not act on. */
const COMPOSE_KEYS = [
  'build',
  'container_name',
  'restart',
  'profiles',
  'network_mode',
  'privileged',
  'develop',
  'links',
  'pid',
  'ipc',
];

function isForCompose({ merged: map }: ComposeProject['services'][number]): boolean {
  return COMPOSE_KEYS.some((key) => map.get(key) !== undefined);
}
