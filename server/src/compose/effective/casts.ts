/** Where Compose turns text into numbers and booleans, and how. */
import { patternsOf } from './pattern.ts';

export type Cast = 'integer' | 'decimal' | 'boolean';

/** Only text is cast: a quoted number, and what variables left. */
export const castPatterns = patternsOf<Cast>({
  'services.*.configs.*.mode': 'integer',
  'services.*.cpu_count': 'integer',
  'services.*.cpu_percent': 'decimal',
  'services.*.cpu_period': 'integer',
  'services.*.cpu_quota': 'integer',
  'services.*.cpu_rt_period': 'integer',
  'services.*.cpu_rt_runtime': 'integer',
  'services.*.cpu_shares': 'integer',
  'services.*.cpus': 'decimal',
  'services.*.deploy.placement.max_replicas_per_node': 'integer',
  'services.*.deploy.replicas': 'integer',
  'services.*.deploy.restart_policy.max_attempts': 'integer',
  'services.*.deploy.rollback_config.max_failure_ratio': 'decimal',
  'services.*.deploy.rollback_config.parallelism': 'integer',
  'services.*.deploy.update_config.max_failure_ratio': 'decimal',
  'services.*.deploy.update_config.parallelism': 'integer',
  'services.*.healthcheck.disable': 'boolean',
  'services.*.healthcheck.retries': 'integer',
  'services.*.init': 'boolean',
  'services.*.oom_kill_disable': 'boolean',
  'services.*.oom_score_adj': 'integer',
  'services.*.pids_limit': 'integer',
  'services.*.ports.*.target': 'integer',
  'services.*.privileged': 'boolean',
  'services.*.read_only': 'boolean',
  'services.*.scale': 'integer',
  'services.*.secrets.*.mode': 'integer',
  'services.*.stdin_open': 'boolean',
  'services.*.tty': 'boolean',
  'services.*.ulimits.*': 'integer',
  'services.*.ulimits.*.hard': 'integer',
  'services.*.ulimits.*.soft': 'integer',
  'services.*.volumes.*.read_only': 'boolean',
  'services.*.volumes.*.volume.nocopy': 'boolean',
  'networks.*.attachable': 'boolean',
  'networks.*.enable_ipv4': 'boolean',
  'networks.*.enable_ipv6': 'boolean',
  'networks.*.external': 'boolean',
  'networks.*.internal': 'boolean',
  'volumes.*.external': 'boolean',
  'secrets.*.external': 'boolean',
  'configs.*.external': 'boolean',
});

const wordOf: Readonly<Record<Cast, string>> = {
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'true or false',
};

/** What is expected, in words for people. */
export function expectedBy(cast: Cast): string {
  return wordOf[cast];
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'true', 'on'].map((word) => [word, true] as const),
  ...['n', 'no', 'false', 'off'].map((word) => [word, false] as const),
]);

/** What Compose makes of the text; undefined where it refuses it. */
export function castText(text: string, cast: Cast): number | boolean | undefined {
  if (cast === 'boolean') return booleans.get(text.toLowerCase());
  return (cast === 'integer' ? INTEGER : DECIMAL).test(text) ? Number(text) : undefined;
}
