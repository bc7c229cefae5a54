import type { HostMount } from '../../compose/host-mounts.ts';
import { isPrivileged } from '../../compose/isolation.ts';
import { textOf } from '../../compose/model.ts';
import type { Entry, MapValue } from '../../compose/value.ts';
import { defineRule, type RuleMeta } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

const id = 'compose/no-sensitive-host-mount';

const meta: RuleMeta = {
  summary: 'Do not mount folders of the operating system into containers.',
  why: 'Who can write to `/etc`, `/root` or `/var/lib/docker` of the host can give themselves an account, a key or another image, and with `/var/run` they have the socket of the engine. Ordinary folders below them, such as `/var/lib/shop`, are no such thing.',
  fix: 'Nothing: which part the service needs is known to you. Mount that file or folder alone, read-only where it is only read.',
  off: 'Where a service administers the host by design, such as a backup of the whole machine. Folders that are mounted read-only are reported in the `strict` preset only, and never for agents that watch the host.',
  severity: 'warning',
  preset: 'recommended',
  since: '0.2.0',
  aliases: [
    'kics:1c1325ff-831d-43a1-973e-839ae57dfcc0',
    'kics:volume_has_sensitive_host_directory',
    'cis:5.6',
  ],
  examples: ['services:\n  app:\n    image: shop/app:1.4\n    volumes:\n      - /etc:/host/etc\n'],
};

export const noSensitiveHostMount = defineRule<ServiceSubject, undefined>({
  id,
  meta,

  *check(service) {
    const { name, program, settings } = service;
    if (isPrivileged(service)) return;
    const isLenient = settings.preset === 'recommended' || isKnownTo('observesHost', program);
    for (const mount of service.facts.hostMounts()) {
      if (!SENSITIVE.has(mount.path) || (mount.readOnly && isLenient)) continue;
      yield { ...mount.place, data: undefined, message: messageOf(name, mount) };
    }
  },
});

/** The same folder can come by a volume of the local driver. */
export const noSensitiveHostVolume = defineRule<ProjectSubject, undefined>({
  id,
  meta,

  *check({ project }) {
    for (const [name, { value }] of project.merged.volumes) {
      const device = value.kind === 'map' ? boundDevice(value) : undefined;
      const path = textOf(device)?.replace(/(?<=.)\/+$/, '') ?? '';
      if (!device || !SENSITIVE.has(path)) continue;
      const { span, source } = device.value;
      yield {
        span,
        source,
        data: undefined,
        message: `The volume ${name} is ${path} of the host, with everything in it, for each service that mounts it. Use a folder that only they need.`,
      };
    }
  },
});

function boundDevice(volume: MapValue): Entry | undefined {
  const options = volume.get('driver_opts')?.value;
  if (options?.kind !== 'map') return undefined;
  return /(^|,)r?bind(,|$)/.test(textOf(options.get('o')) ?? '')
    ? options.get('device')
    : undefined;
}

/** Themselves, not what lies below them. */
const SENSITIVE: ReadonlySet<string> = new Set([
  '/',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/usr',
  '/var',
  '/var/lib',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/docker/volumes',
  '/var/run',
]);

function messageOf(name: string, { path, readOnly }: HostMount): string {
  const may = readOnly ? 'read' : 'write to';
  return `Service ${name} can ${may} ${path} of the host, with everything in it. Mount only the file or folder that it needs${readOnly ? '' : ', read-only if it can be'}.`;
}
