/** The format of `.dockwright.yaml` as a table: the parser, the schema and the documentation all come from it. */
import { presets, severities } from '../core/rule.ts';
import { isRole, roleDefaults } from '../roles/role.ts';
import { choice, count, list, map, object, text } from './shape.ts';
import { defaultSettings } from './settings.ts';

const roleNames = Object.keys(roleDefaults).filter(isRole);
const size = text(
  '^(?=.*[1-9])[0-9]+(\\.[0-9]+)?([bB]|[kKmMgG][bB]?)?$',
  'a size such as 512M or 2G',
);
const logSize = text('^[1-9][0-9]*[kmgKMG]?$', 'a size such as 10m');
const cpus = text('^(?=.*[1-9])[0-9]+(\\.[0-9]+)?$', 'a number of CPUs such as 0.5');
const severity = choice([...severities, 'off']);
const { logging, labels, preset } = defaultSettings;

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
