import { type Device, devicesOf, isPrivileged } from '../../compose/isolation.ts';
import { scalarsOf } from '../../compose/lists.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const noRawDevice = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-raw-device',
  meta: {
    summary: 'Do not give services the memory or the disks of the host.',
    why: 'Who can write to a whole disk or to `/dev/mem` reads and changes everything on the host, past every permission. A rule that allows all devices does the same.',
    fix: 'Nothing: mount the file system or the folder that is meant, or name the one device. A disk that is only read can have `:r` behind it.',
    off: 'Where a program formats or images disks. Programs that ask disks about their health, such as Scrutiny, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    devices:\n      - /dev/sda:/dev/sda\n',
    ],
  },

  *check(service) {
    const { name, find } = service;
    if (isPrivileged(service)) return;
    for (const device of devicesOf(service)) {
      if (!isRaw(device) || isDocumented(service)) continue;
      const { span, source } = device.scalar;
      yield {
        span,
        source,
        data: undefined,
        message: `Service ${name} gets ${device.source}, ${titleOf(device)}. Mount the folder that it needs instead, or name the one device.`,
      };
    }
    for (const scalar of scalarsOf(find('device_cgroup_rules'))) {
      if (!/^[abc] +\*:\* +\w*w/.test(scalar.text)) continue;
      const { span, source } = scalar;
      yield {
        span,
        source,
        data: undefined,
        message: `Service ${name} may write to every device of this kind, the disks of the host included. Name the numbers of the device that it needs.`,
      };
    }
  },
});

const MEMORY = /^\/dev\/(mem|kmem|port)$/;
const DISK = /^\/dev\/(sd[a-z]+|vd[a-z]+|xvd[a-z]+|hd[a-z]|nvme\d+(n\d+)?|mmcblk\d+)$/;

/** A disk that is only read gives away what is on it, but does not let it be changed. */
export function isRaw({ source, permissions }: Device): boolean {
  return source === '/dev' || MEMORY.test(source) || (DISK.test(source) && permissions !== 'r');
}

function titleOf({ source }: Device): string {
  if (source === '/dev') return 'all devices of the host';
  return MEMORY.test(source) ? 'the memory of the host' : 'a whole disk of the host';
}

const isDocumented = ({ program, settings }: ServiceSubject): boolean =>
  settings.preset === 'recommended' && isKnownTo('asksDisks', program);
