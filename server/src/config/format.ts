/** The format of `.dockwright.yaml` as a table: the parser, the schema and the documentation all come from it. */
import { presets, severities } from '../core/rule.ts';
import { isRole, roleDefaults } from '../roles/role.ts';
import { defaultSettings, restartPolicies } from './settings.ts';
import { choice, count, list, map, object, text } from './shape.ts';

const roleNames = Object.keys(roleDefaults).filter(isRole);
const size = text(
  '^(?=.*[1-9])[0-9]+(\\.[0-9]+)?([bB]|[kKmMgG][bB]?)?$',
  'a size such as 512M or 2G',
);
const logSize = text('^[1-9][0-9]*[kmgKMG]?$', 'a size such as 10m');
const cpus = text('^(?=.*[1-9])[0-9]+(\\.[0-9]+)?$', 'a number of CPUs such as 0.5');
const severity = choice([...severities, 'off']);
const duration = text('^(?=.*[1-9])([0-9]+(h|m|s|ms|us|ns))+$', 'a duration such as 30s or 1m30s');
const { logging, labels, preset, restart, healthcheck, reservationPercent, user } = defaultSettings;

const roles = map(
  { what: 'role', known: roleNames },
  (name) => (isRole(name) ? name : undefined),
  object({
    cpus: { about: 'CPUs that a container may use.', standard: 'by role', reader: cpus },
    memory: { about: 'Memory that a container may use.', standard: 'by role', reader: size },
  }),
);

const services = map(
  { what: 'service', known: undefined },
  (name) => name,
  object({ role: { about: 'Its role.', standard: 'guessed', reader: choice(roleNames) } }),
);

const logs = object({
  'max-size': {
    about: 'Size at which a log file is rotated.',
    standard: logging.maxSize,
    reader: logSize,
  },
  'max-file': {
    about: 'Number of log files that are kept.',
    standard: String(logging.maxFile),
    reader: count(1, 'a whole number from 1 up'),
  },
});

const checks = object({
  interval: { about: 'Time between two checks.', standard: healthcheck.interval, reader: duration },
  timeout: {
    about: 'Time that a check may take.',
    standard: healthcheck.timeout,
    reader: duration,
  },
  retries: {
    about: 'Checks that have to fail in a row.',
    standard: String(healthcheck.retries),
    reader: count(1, 'a whole number from 1 up'),
  },
  'start-period': {
    about: 'Time after the start in which failing checks do not count.',
    standard: healthcheck.startPeriod,
    reader: duration,
  },
});

const whatFixesWrite = {
  roles: {
    about: 'The limits that fixes write for services of a role.',
    standard: 'see below',
    reader: roles,
  },
  services: {
    about: 'What a service is for, where the guess from its image and name is wrong.',
    standard: '{}',
    reader: services,
  },
  logging: {
    about: 'How much log a container keeps, as fixes write it.',
    standard: 'see its keys',
    reader: logs,
  },
  restart: {
    about: 'The restart policy that fixes write.',
    standard: restart,
    reader: choice(restartPolicies),
  },
  healthcheck: {
    about: 'The times that fixes write for health checks.',
    standard: 'see its keys',
    reader: checks,
  },
  'reservation-percent': {
    about: 'What part of its limits a service reserves, in percent.',
    standard: String(reservationPercent),
    reader: text('^([1-9][0-9]?|100)$', 'a whole number from 1 to 100'),
  },
  user: {
    about: 'Whom an image runs as whose base brings no account for that.',
    standard: user,
    reader: text('^[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)?$', 'a user such as app or 10001:10001'),
  },
} as const;

/** `ruleIds` gives our id for any name of a rule; `known` lists the names to suggest. */
export function configFormat(
  ruleIds: (name: string) => string | undefined,
  known: readonly string[],
) {
  return object({
    preset: {
      about: 'Which rules run: each preset holds the ones before it.',
      standard: preset,
      reader: choice(presets),
    },
    rules: {
      about: 'A rule’s severity, or `off`; our id or another tool’s, such as `hadolint:DL3002`.',
      standard: '{}',
      reader: map({ what: 'rule', known }, ruleIds, severity),
    },
    ...whatFixesWrite,
    labels: {
      about: 'OCI labels that an image has to carry.',
      standard: `[${labels.join(', ')}]`,
      reader: list(text('^\\S+$', 'a label such as org.opencontainers.image.title')),
    },
    ignores: {
      about:
        'Files that are not checked, in the syntax of .gitignore, relative to this file’s folder.',
      standard: '[]',
      reader: list(text('\\S', 'a pattern such as vendor/**')),
    },
  });
}
