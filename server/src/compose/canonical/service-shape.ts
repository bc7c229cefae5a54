/** All that may stand in a service, in the order in which Compose prints it. */
import { anything, each, isNull, kept, list, listed, record, type Shape } from './shape.ts';
import { mapValue } from '../make.ts';
import type { Item, MapValue } from '../value.ts';
import { build } from './build.ts';
import { command, probe } from './command.ts';
import { deploy } from './deploy.ts';
import { blockIo, devices, gpus, nameservers, ulimits } from './devices.ts';
import { envFiles } from './environment.ts';
import { extraHosts } from './hosts.ts';
import { keyedTexts, variables } from './keyed.ts';
import { mounts } from './mounts.ts';
import { resolved } from './paths.ts';
import { ports } from './ports.ts';
import { attachments, dependencies, files, secrets, serviceModels } from './references.ts';
import type { Scope } from './scope.ts';
import {
  decimal,
  duration,
  flag,
  listOf,
  size,
  text,
  texts,
  textOrTexts,
  whole,
} from './scalar-shapes.ts';

const hook = record({
  command,
  user: text,
  privileged: flag,
  working_dir: text,
  environment: variables,
});

const path: Shape = {
  ...text,
  make: (value, scope) =>
    value.kind === 'scalar' && value.value !== null
      ? resolved(value, scope)
      : text.make(value, scope),
};

const trigger = record({
  path,
  action: text,
  target: text,
  exec: {
    ...hook,
    absent: (format) => (format === 'json' ? { command: null } : undefined),
  },
  include: textOrTexts,
  ignore: textOrTexts,
  initial_sync: flag,
});

/** A trigger on several paths is one for each of them. */
const triggers: Shape = {
  ...list(trigger),
  make: (value, scope) =>
    value.kind === 'seq'
      ? listed(value.items, value, (item) =>
          onePath(item).flatMap((one) => madeTrigger(one, scope)),
        )
      : value,
};

function onePath(item: Item): readonly Item[] {
  const { value } = item;
  const paths = value.kind === 'map' ? value.get('path')?.value : undefined;
  if (value.kind !== 'map' || paths?.kind !== 'seq') return [item];
  return paths.items.map((one) => ({ ...item, value: withPath(value, one) }));
}

const withPath = (map: MapValue, { value }: Item): MapValue =>
  mapValue(
    map,
    map.entries.map((entry) => (entry.key === 'path' ? { ...entry, value } : entry)),
    map,
  );

function madeTrigger(item: Item, scope: Scope): readonly Item[] {
  const value = trigger.make(item.value, scope);
  return value === item.value || !value ? [item] : [{ ...item, value }];
}

const labelFiles: Shape = {
  ...texts,
  make: (value, scope) => {
    if (isNull(value)) return value;
    return list(path).make(value.kind === 'scalar' ? listOf(value) : value, scope);
  },
};

const options: Shape = each({
  make: (value, scope) =>
    value.kind === 'scalar' ? listOf(text.make(value, scope) ?? value) : texts.make(value, scope),
  print: (value, format) => texts.print(value, format),
});

const healthCheck = record({
  test: probe,
  timeout: kept(duration),
  interval: kept(duration),
  retries: kept(whole),
  start_period: kept(duration),
  start_interval: kept(duration),
  disable: flag,
});

/** What only the canonical form keeps: Compose resolves it, and prints what came of it. */
const unprinted = (shape: Shape): Shape => ({ ...shape, isZero: () => true });

export const serviceShape: Shape = record({
  profiles: texts,
  annotations: keyedTexts,
  attach: kept(flag),
  build,
  develop: record({ watch: triggers }),
  blkio_config: blockIo,
  cap_add: texts,
  cap_drop: texts,
  cgroup_parent: text,
  cgroup: text,
  cpu_count: whole,
  cpu_percent: decimal,
  cpu_period: whole,
  cpu_quota: whole,
  cpu_rt_period: whole,
  cpu_rt_runtime: whole,
  cpus: decimal,
  cpuset: text,
  cpu_shares: whole,
  command,
  configs: files,
  container_name: text,
  credential_spec: record({ config: text, file: text, registry: text }),
  depends_on: dependencies,
  deploy,
  device_cgroup_rules: texts,
  devices,
  dns: nameservers,
  dns_opt: texts,
  dns_search: textOrTexts,
  dockerfile: text,
  domainname: text,
  entrypoint: command,
  provider: record({ type: text, options }),
  environment: variables,
  env_file: unprinted(envFiles),
  expose: textOrTexts,
  extends: unprinted(anything),
  external_links: texts,
  extra_hosts: extraHosts,
  group_add: texts,
  gpus,
  hostname: text,
  healthcheck: healthCheck,
  image: text,
  init: kept(flag),
  ipc: text,
  isolation: text,
  labels: keyedTexts,
  label_file: unprinted(labelFiles),
  links: texts,
  logging: record({ driver: text, options: keyedTexts }),
  log_driver: text,
  log_opt: keyedTexts,
  mem_limit: size,
  mem_reservation: size,
  memswap_limit: size,
  mem_swappiness: size,
  mac_address: text,
  models: serviceModels,
  net: text,
  network_mode: text,
  networks: attachments,
  oom_kill_disable: flag,
  oom_score_adj: whole,
  pid: text,
  pids_limit: whole,
  platform: text,
  ports,
  privileged: flag,
  pull_policy: text,
  pull_refresh_after: text,
  read_only: flag,
  restart: text,
  runtime: text,
  scale: kept(whole),
  secrets,
  security_opt: texts,
  shm_size: size,
  stdin_open: flag,
  stop_grace_period: kept(duration),
  stop_signal: text,
  storage_opt: keyedTexts,
  sysctls: keyedTexts,
  tmpfs: textOrTexts,
  tty: flag,
  ulimits,
  use_api_socket: flag,
  user: text,
  userns_mode: text,
  uts: text,
  volume_driver: text,
  volumes: mounts,
  volumes_from: texts,
  working_dir: text,
  post_start: list(hook),
  pre_stop: list(hook),
});
