/** What a service is for, and the limits that follow from it. */

/** CPUs as Compose writes them (`"0.5"`), memory as a Compose size (`512M`). */
export interface Limits {
  readonly cpus: string;
  readonly memory: string;
}

/**
 * Defaults from a production game stack where they held (the sample stack in docker/stack), rounded to what official
 * images document as comfortable. Every value can be changed in `.dockwright.yaml` under `roles`.
 */
export const roleDefaults = {
  database: { cpus: '2.0', memory: '2G' },
  cache: { cpus: '1.0', memory: '512M' },
  web: { cpus: '1.0', memory: '512M' },
  app: { cpus: '2.0', memory: '1G' },
  monolith: { cpus: '2.0', memory: '2G' },
  admin: { cpus: '0.5', memory: '256M' },
  metrics: { cpus: '1.0', memory: '1G' },
  dashboard: { cpus: '0.5', memory: '512M' },
  queue: { cpus: '1.0', memory: '1G' },
  search: { cpus: '2.0', memory: '2G' },
  backup: { cpus: '0.5', memory: '256M' },
  worker: { cpus: '1.0', memory: '512M' },
  service: { cpus: '1.0', memory: '512M' },
} as const satisfies Record<string, Limits>;

export type Role = keyof typeof roleDefaults;

/** How a role is called in a message to people. */
export const roleTitles: Readonly<Record<Role, string>> = {
  database: 'a database',
  cache: 'a cache',
  web: 'a web server',
  app: 'an application server',
  monolith: 'a server with all its parts in one container',
  admin: 'an admin interface',
  metrics: 'a metrics store',
  dashboard: 'a dashboard',
  queue: 'a message queue',
  search: 'a search engine',
  backup: 'periodic work',
  worker: 'a worker',
  service: 'a service',
};

export const isRole = (name: string): name is Role => Object.hasOwn(roleDefaults, name);
