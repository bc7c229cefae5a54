/** What Compose does where a later file says again what an earlier one says: one row for each attribute that is special. */
import { patternsOf } from './pattern.ts';

export type Strategy =
  /** The later value counts, and nothing of the earlier. */
  | 'replace'
  /** `KEY=value` lists and mappings are the same thing; a key that is said again is replaced. */
  | 'keyed'
  /** One text stands for a list of one; lists are added to. */
  | 'list'
  /** As `list`, with hosts in either form; a host may have several addresses. */
  | 'hosts'
  /** A list of names stands for a mapping without settings. */
  | 'names'
  /** As `names`, with the condition that a bare name stands for. */
  | 'dependencies'
  /** One text stands for a mapping with that context. */
  | 'build'
  /** Options are added to only where the driver stays the same. */
  | 'logging'
  /** Subnets are told apart by their address. */
  | 'subnets';

/** What is not named here: mappings are merged, lists are added to, and of other values the later counts. */
export const mergePatterns = patternsOf<Strategy>({
  'networks.*.ipam.config': 'subnets',
  'networks.*.labels': 'keyed',
  'volumes.*.labels': 'keyed',
  'services.*.annotations': 'keyed',
  'services.*.build': 'build',
  'services.*.build.additional_contexts': 'keyed',
  'services.*.build.args': 'keyed',
  'services.*.build.extra_hosts': 'hosts',
  'services.*.build.labels': 'keyed',
  // Compose has a mapping of the earlier ones by then.
  'services.*.build.ssh': 'keyed',
  'services.*.command': 'replace',
  'services.*.depends_on': 'dependencies',
  'services.*.deploy.labels': 'keyed',
  'services.*.dns': 'list',
  'services.*.dns_opt': 'list',
  'services.*.dns_search': 'list',
  'services.*.entrypoint': 'replace',
  'services.*.env_file': 'list',
  'services.*.environment': 'keyed',
  'services.*.extra_hosts': 'hosts',
  'services.*.healthcheck.test': 'replace',
  'services.*.label_file': 'list',
  'services.*.labels': 'keyed',
  'services.*.logging': 'logging',
  'services.*.models': 'names',
  'services.*.networks': 'names',
  'services.*.sysctls': 'keyed',
  'services.*.tmpfs': 'list',
  'services.*.ulimits.*': 'replace',
});

/** How an item of a list is told from another; of two that are the same the later counts, in the place of the first. */
export type Identity =
  'key' | 'mount' | 'device' | 'port' | 'env-file' | 'exposed' | 'secret' | 'config';

/** Lists in which nothing may stand twice. Lists that are not named here keep what is repeated. */
export const uniquePatterns = patternsOf<Identity>({
  'networks.*.ipam.options': 'key',
  'networks.*.labels': 'key',
  'services.*.annotations': 'key',
  'services.*.build.additional_contexts': 'key',
  'services.*.build.args': 'key',
  'services.*.build.labels': 'key',
  'services.*.build.platform': 'key',
  'services.*.build.tags': 'key',
  'services.*.cap_add': 'key',
  'services.*.cap_drop': 'key',
  'services.*.configs': 'config',
  'services.*.deploy.labels': 'key',
  'services.*.devices': 'device',
  'services.*.dns': 'key',
  'services.*.dns_opt': 'key',
  'services.*.dns_search': 'key',
  'services.*.env_file': 'env-file',
  'services.*.environment': 'key',
  'services.*.expose': 'exposed',
  'services.*.labels': 'key',
  'services.*.links': 'key',
  'services.*.networks.*.aliases': 'key',
  'services.*.networks.*.link_local_ips': 'key',
  'services.*.ports': 'port',
  'services.*.profiles': 'key',
  'services.*.secrets': 'secret',
  'services.*.sysctls': 'key',
  'services.*.tmpfs': 'key',
  'services.*.volumes': 'mount',
});
