import { devicesOf, isPrivileged } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';
import { isRaw } from './no-raw-device.ts';

export const noHostDevice = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-device',
  meta: {
    summary: 'Give services a device of the host only where there is no other way.',
    why: 'A device is a way around the container: to the hardware, and to the driver in the kernel that talks to it. Each one deserves a look at whether it is still needed.',
    fix: 'Nothing: whether the service needs the device is known to you. Permissions behind it, such as `:r`, take from it what is not needed.',
    off: 'Where services are there for hardware: graphics cards, sound, sticks for radio, tunnels.',
    severity: 'info',
    preset: 'all',
    since: '0.2.0',
    aliases: ['cis:5.18'],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    devices:\n      - /dev/ttyUSB0:/dev/ttyUSB0\n',
    ],
  },

  *check(service) {
    if (isPrivileged(service)) return;
    for (const device of devicesOf(service)) {
      if (isRaw(device)) continue;
      const { span, source } = device.scalar;
      yield {
        span,
        source,
        data: undefined,
        message: `Service ${service.name} gets the device ${device.source} of the host. Look whether it needs it, and with which permissions.`,
      };
    }
  },
});
