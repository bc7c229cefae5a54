/** What `.dockwright.yaml` and the command line can decide, with every default filled in. */
import type { Preset, Severity } from '../core/rule.ts';
import { roleDefaults, type Limits, type Role } from '../roles/role.ts';

export interface Settings {
  readonly preset: Preset;
  /** Per rule id: another severity, or off. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** If not empty: these rules and no others, whatever the preset (`--rule`). */
  readonly only: ReadonlySet<string>;
  readonly roles: Readonly<Record<Role, Limits>>;
  /** Service name → role, where the guess is wrong. */
  readonly services: ReadonlyMap<string, Role>;
  readonly logging: LoggingDefaults;
  /** The restart policy that fixes write. */
  readonly restart: RestartPolicy;
  readonly healthcheck: HealthcheckDefaults;
  /** What part of its limits a service reserves, in percent: 1 to 100. */
  readonly reservationPercent: number;
  /** Whom an image runs as whose base brings no account for that: a number needs no entry in /etc/passwd. */
  readonly user: string;
  /** OCI label keys that an image has to carry. */
  readonly labels: readonly string[];
  /** Patterns in .gitignore syntax, relative to {@link Settings.root}: files that are not checked. */
  readonly ignores: readonly string[];
  /** The folder of the configuration file; undefined where there is none. */
  readonly root: string | undefined;
}

interface LoggingDefaults {
  /** A Docker size, such as `10m`. */
  readonly maxSize: string;
  readonly maxFile: number;
}

export const restartPolicies = ['unless-stopped', 'always', 'on-failure'] as const;

export type RestartPolicy = (typeof restartPolicies)[number];

/** Durations as Compose and Dockerfiles write them: `30s`, `1m30s`. */
interface HealthcheckDefaults {
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly startPeriod: string;
}

export const defaultSettings: Settings = {
  preset: 'recommended',
  rules: new Map(),
  only: new Set(),
  roles: roleDefaults,
  services: new Map(),
  logging: { maxSize: '10m', maxFile: 3 },
  restart: 'unless-stopped',
  healthcheck: { interval: '30s', timeout: '5s', retries: 3, startPeriod: '30s' },
  // Enough to be scheduled, little enough to pack a host.
  reservationPercent: 25,
  user: '10001:10001',
  labels: [
    'org.opencontainers.image.title',
    'org.opencontainers.image.version',
    'org.opencontainers.image.source',
  ],
  ignores: [],
  root: undefined,
};
