import { insertAt } from '../../compose/insert.ts';
import type { Value } from '../../compose/value.ts';
import type { Line } from '../../core/addition.ts';
import { defineRule } from '../../core/rule.ts';
import { inheritedBy } from '../../dockerfile/model.ts';
import { type Probe, probeOf } from '../../roles/probe.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireHealthcheck = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-healthcheck',
  meta: {
    summary: 'Give every service a health check.',
    why: 'Without one, a process that hangs counts as running: nothing restarts it, nothing waits for it, and no dashboard shows it.',
    fix: 'Adds a check whose program is known to be in the image (databases, caches, web servers, Prometheus, Grafana, PHP-FPM, backup jobs). For other images it adds nothing, since a check that cannot run is worse than none. `healthcheck: {disable: true}` counts as a decision.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['kics:healthcheck_not_set', 'cis:5.27'],
    examples: ['services:\n  cache:\n    image: redis:7.2\n'],
  },

  *check(service) {
    if (!service.complete || service.job || service.find('healthcheck')) return;
    if (hasImageHealthcheck(service)) return;
    const hint = probeFor(service)
      ? ''
      : ' No check is known for this image: use a program that is in it, and one that fails when the service does.';
    yield {
      span: service.nameSpan,
      data: undefined,
      message: `Service ${service.name} has no health check, so one that hangs counts as running. Add healthcheck.test.${hint}`,
    };
  },

  fix: {
    safety: 'safe',
    build: (_match, service) => {
      const { file, settings } = service;
      const { healthcheck } = settings;
      const probe = probeFor(service);
      if (!probe || !service.map) return undefined;
      const lines: readonly Line[] = [
        ['test', testOf(probe)],
        ['interval', probe.interval ?? healthcheck.interval],
        ['timeout', healthcheck.timeout],
        ['retries', String(healthcheck.retries)],
        ['start_period', probe.startPeriod ?? healthcheck.startPeriod],
      ];
      const edit = insertAt(file, service.map, ['healthcheck'], lines);
      return edit && { title: `Add a health check that ${probe.title}`, edits: [edit] };
    },
  },
});

/** The Dockerfile may bring the check along; that of a foreign image nobody here can see. */
function hasImageHealthcheck({ context }: ServiceSubject): boolean {
  return (
    context?.stage !== undefined &&
    inheritedBy(context.stage).some(({ keyword }) => keyword === 'HEALTHCHECK')
  );
}

interface TimedProbe extends Pick<Probe, 'title' | 'argv'> {
  readonly interval?: string;
  readonly startPeriod?: string;
}

function probeFor(service: ServiceSubject): TimedProbe | undefined {
  if (service.role === 'backup') return backupProbe(service);
  return service.program === undefined || runsOtherwise(service)
    ? undefined
    : probeOf(service.program);
}

/** Options and variables that move a server to another port, path or protocol, or make another program of it. */
const MOVED =
  /(^|\s)(-p|-h|--?port|--?bind|--?listen\S*|--web\.\S*|--?tls\S*|--?ssl\S*|--?cluster|--?sentinel|\S*sentinel\S*)([=\s]|$)/;
const MOVED_BY = /^(GF_SERVER|PG|MYSQL_TCP|NGINX)\w*_?(PORT|PROTOCOL|TLS|SSL|HTTP_ADDR|ROOT_URL)$/;

/** The programs that these images are for: a command that starts with something else runs something else. */
const SERVERS =
  /^(-.*|mariadbd|mysqld|postgres|redis-server|valkey-server|mongod|rabbitmq-server|nginx|httpd-foreground|php-fpm|\S*\.conf)$/;

function runsOtherwise(service: ServiceSubject): boolean {
  if (service.find('entrypoint') || service.environment.some(({ name }) => MOVED_BY.test(name))) {
    return true;
  }
  const words = wordsOf(service.find('command')?.value);
  return words.length > 0 && (!SERVERS.test(words[0] ?? '') || MOVED.test(words.join(' ')));
}

function wordsOf(command: Value | undefined): readonly string[] {
  if (command?.kind === 'seq') return command.items.flatMap(({ value }) => wordsOf(value));
  return command?.kind === 'scalar' ? command.text.split(/\s+/).filter((word) => word !== '') : [];
}

/** A day and two hours, in minutes: daily is what nearly everybody does, and a dump may take its time. */
const OLDEST_BACKUP_MINUTES = 26 * 60;

/** A backup job is healthy while its newest backup is young; `find` and `grep` are in every image that has a shell. */
function backupProbe({ mounts, program }: ServiceSubject): TimedProbe | undefined {
  const folder = mounts.find(
    ({ target, readOnly }) => !readOnly && /^\/(\w+\/)*(backup|backups|dumps)$/.test(target),
  )?.target;
  if (
    folder === undefined ||
    program === undefined ||
    !/^(alpine|debian|ubuntu|busybox|mariadb|mysql|postgres)(:|@|$)/.test(program)
  ) {
    return undefined;
  }
  return {
    title: `wants a file in ${folder} that is younger than 26 hours`,
    argv: ['sh', '-c', `find ${folder} -type f -mmin -${OLDEST_BACKUP_MINUTES} | grep -q .`],
    interval: '5m',
    startPeriod: '26h',
  };
}

/** Double-quoted flow sequence; `$` doubled, since Compose would take it for a variable of its own. */
function testOf({ argv: [program = '', flag, script = ''], argv }: TimedProbe): string {
  const words = program === 'sh' && flag === '-c' ? ['CMD-SHELL', script] : ['CMD', ...argv];
  return `[${words.map((word) => JSON.stringify(word.replaceAll('$', '$$$$'))).join(', ')}]`;
}
