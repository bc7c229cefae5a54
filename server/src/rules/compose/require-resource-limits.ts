import { insertAt } from '../../compose/insert.ts';
import type { Addition } from '../../core/addition.ts';
import { defineRule } from '../../core/rule.ts';
import { roleTitles } from '../../roles/role.ts';
import { bytesOf } from '../../roles/size.ts';
import type { ServiceSubject } from '../subject.ts';

type Kind = 'cpus' | 'memory';

interface Data {
  readonly missing: readonly Kind[];
}

export const requireResourceLimits = defineRule<ServiceSubject, Data>({
  id: 'compose/require-resource-limits',
  meta: {
    summary: 'Give every service a CPU and a memory limit.',
    why: 'Without a limit, a leak or a busy loop in one container takes the whole host, and the kernel picks which of the others it kills.',
    fix: 'Adds `deploy.resources.limits` with the defaults of the service’s role, or the missing half in the older `mem_limit` and `cpus` where the service uses those.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: [
      'kics:memory_not_limited',
      'kics:cpus_not_limited',
      'cis:5.11',
      'cis:5.12',
      'owasp:RULE#7',
    ],
    examples: ['services:\n  cache:\n    image: redis:7.2\n'],
  },

  *check(service) {
    const missing = (['cpus', 'memory'] as const).filter((kind) => !hasLimit(service, kind));
    if (!service.complete || missing.length === 0) return;
    const names = missing.map((kind) => (kind === 'cpus' ? 'CPU' : 'memory')).join(' and no ');
    const { cpus, memory } = service.limits;
    yield {
      span: service.nameSpan,
      data: { missing },
      message: `Service ${service.name} has no ${names} limit, so it can take the whole host. Set deploy.resources.limits; for ${roleTitles[service.role]}, ${cpus} CPU and ${memory} are a good start.`,
    };
  },

  fix: {
    safety: 'safe',
    build: ({ data }, service) => {
      const { cpus, memory } = service.limits;
      const { path, lines } = additionOf(service, data);
      const edit = service.map && insertAt(service.file, service.map, path, lines);
      return edit && { title: `Limit ${service.name} to ${cpus} CPU and ${memory}`, edits: [edit] };
    },
    addition: ({ data }, service) => additionOf(service, data),
  },
});

function additionOf(service: ServiceSubject, { missing }: Data): Addition {
  const { cpus, memory } = service.limits;
  const older = service.find('deploy', 'resources', 'limits') === undefined && missing.length === 1;
  const { quote } = service.file.style;
  const lines = {
    cpus: ['cpus', older ? cpus : `${quote}${cpus}${quote}`],
    memory: [older ? 'mem_limit' : 'memory', memory],
  } as const;
  return {
    what: `limits (${cpus} CPU, ${memory})`,
    path: older ? [] : ['deploy', 'resources', 'limits'],
    lines: missing.map((kind) => lines[kind]),
    weight: bytesOf(memory) ?? 0,
    // Compose refuses two limits of a kind that differ.
    against: older ? ['deploy'] : ['cpus', 'cpu_quota', 'mem_limit'],
  };
}

/** The older keys count: Compose applies them just the same. */
function hasLimit(service: ServiceSubject, kind: Kind): boolean {
  const older = kind === 'memory' ? ['mem_limit'] : ['cpus', 'cpu_quota'];
  return (
    service.find('deploy', 'resources', 'limits', kind) !== undefined ||
    older.some((key) => service.find(key) !== undefined)
  );
}
