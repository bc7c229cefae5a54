/** What Compose asks of values beyond its schema, by place: how a text is read, and keys that it misses later. */
import type { Format } from './formats.ts';

export interface Refinement {
  /** `any` where the schema's types would make us think of true or false. */
  readonly format?: Format | 'any';
  readonly required?: readonly string[];
  /** Compose drops what stands twice in the list before it looks. */
  readonly repeatable?: true;
}

const service = (...paths: readonly string[]): readonly string[] =>
  paths.map((path) => `services.*.${path}`);

const formats: readonly (readonly [Format | 'any', readonly string[]])[] = [
  ['any', service('build.provenance', 'build.sbom')],
  ['boolean', service('depends_on.*.required')],
  [
    'whole',
    service(
      'scale',
      'deploy.replicas',
      'deploy.placement.max_replicas_per_node',
      'deploy.resources.limits.pids',
      'oom_score_adj',
      'pids_limit',
      'cpu_count',
      'cpu_period',
      'cpu_quota',
      'cpu_rt_period',
      'cpu_rt_runtime',
      'cpu_shares',
      'ports.[].target',
      'ulimits.*',
      'ulimits.*.soft',
      'ulimits.*.hard',
    ),
  ],
  [
    'natural',
    service(
      'healthcheck.retries',
      'deploy.update_config.parallelism',
      'deploy.rollback_config.parallelism',
      'deploy.restart_policy.max_attempts',
      'blkio_config.weight',
      'blkio_config.weight_device.[].weight',
    ),
  ],
  [
    'number',
    service(
      'cpus',
      'cpu_percent',
      'deploy.update_config.max_failure_ratio',
      'deploy.rollback_config.max_failure_ratio',
      'deploy.resources.limits.cpus',
      'deploy.resources.reservations.cpus',
    ),
  ],
  [
    'bytes',
    service(
      'mem_limit',
      'mem_reservation',
      'memswap_limit',
      'mem_swappiness',
      'shm_size',
      'build.shm_size',
      'deploy.resources.limits.memory',
      'deploy.resources.reservations.memory',
      'volumes.[].tmpfs.size',
      'blkio_config.device_read_bps.[].rate',
      'blkio_config.device_read_iops.[].rate',
      'blkio_config.device_write_bps.[].rate',
      'blkio_config.device_write_iops.[].rate',
    ),
  ],
  [
    'duration',
    service(
      'stop_grace_period',
      'healthcheck.interval',
      'healthcheck.timeout',
      'healthcheck.start_period',
      'healthcheck.start_interval',
      'deploy.update_config.delay',
      'deploy.update_config.monitor',
      'deploy.rollback_config.delay',
      'deploy.rollback_config.monitor',
      'deploy.restart_policy.delay',
      'deploy.restart_policy.window',
    ),
  ],
  ['mode', service('secrets.[].mode', 'configs.[].mode', 'build.secrets.[].mode')],
  ['count', service('deploy.resources.reservations.devices.[].count', 'gpus.[].count')],
  ['words', service('command', 'entrypoint')],
  ['host', service('extra_hosts.[]', 'build.extra_hosts.[]')],
  ['device', service('devices.[]')],
  ['mount', service('volumes.[]')],
  ['port', service('ports.[]')],
  ['filled', service('develop.watch.[].path')],
];

const required: readonly (readonly [string, readonly string[]])[] = [
  ['services.*.ports.[]', ['target']],
  ['services.*.volumes.[]', ['target']],
  ['services.*.devices.[]', ['target']],
];

const repeatable: readonly string[] = [
  ...service(
    'annotations',
    'build.additional_contexts',
    'build.args',
    'build.labels',
    'cap_add',
    'cap_drop',
    'deploy.labels',
    'devices',
    'dns',
    'dns_opt',
    'dns_search',
    'environment',
    'expose',
    'labels',
    'links',
    'networks.*.aliases',
    'networks.*.link_local_ips',
    'ports',
    'profiles',
    'sysctls',
    'tmpfs',
    'volumes',
    'develop.watch.[].ignore',
    'develop.watch.[].include',
  ),
  'networks.*.labels',
];

/** Path (`*` for a name, `[]` for an item) → what is asked there. */
export const refinements: ReadonlyMap<string, Refinement> = gathered();

function gathered(): ReadonlyMap<string, Refinement> {
  const found = new Map<string, Refinement>();
  const add = (path: string, more: Refinement): unknown =>
    found.set(path, { ...found.get(path), ...more });
  for (const [format, paths] of formats) for (const path of paths) add(path, { format });
  for (const [path, keys] of required) add(path, { required: keys });
  for (const path of repeatable) add(path, { repeatable: true });
  return found;
}
