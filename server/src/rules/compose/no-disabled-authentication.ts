import { portsOf } from '../../compose/canonical/read.ts';
import { hostNamespace } from '../../compose/isolation.ts';
import { reachOf } from '../../compose/published.ts';
import { variablesOf, wordsOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { doorkeeperFor, type OpenDoor } from '../../roles/open-doors.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDisabledAuthentication = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-disabled-authentication',
  meta: {
    summary: 'Do not switch off the login of a program that others can reach.',
    why: 'Options such as `--skip-grant-tables` and `POSTGRES_HOST_AUTH_METHOD: trust` are there for a repair or a test. What is left of the lock then is the network, and one published port opens it to everybody.',
    fix: 'Nothing: take the option out and give the program a password, by a required variable or a secret.',
    off: 'In stacks that are there for tests and hold nothing. Programs that only other services reach are reported in the `strict` preset only, but for `--skip-grant-tables`.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  db:\n    image: mysql:8.4\n    command: --skip-grant-tables\n'],
  },

  *check(service) {
    const { name, job, settings } = service;
    for (const { door, place } of openDoors(service)) {
      if (job && !door.always) continue;
      const isLenient = settings.preset === 'recommended' && !door.always;
      if (isLenient && !isReached(service, door.port)) continue;
      yield {
        ...place,
        data: undefined,
        message: `With this, service ${name} ${door.without}. Take it out, and set a password by a required variable or a secret.`,
      };
    }
  },
});

interface Found {
  readonly door: OpenDoor;
  readonly place: Place;
}

function* openDoors({ program, canonical }: ServiceSubject): Iterable<Found> {
  const keeper = doorkeeperFor(program);
  if (!keeper) return;
  const words = wordsOf(canonical);
  const door = words && keeper.inWords(words.text);
  if (door) yield { door, place: words.placeAt(door.index) };
  for (const { name, value, place } of variablesOf(canonical)) {
    const open = keeper.byVariable(name, value);
    if (open) yield { door: open, place };
  }
}

/** From outside of the host. */
function isReached(service: ServiceSubject, door: number | undefined): boolean {
  if (hostNamespace(service, 'network_mode')) return true;
  return portsOf(service.canonical).some((port) => {
    const reach = reachOf(port);
    if (reach === 'host' || reach === 'unknown') return false;
    return door === undefined || port.target?.value === door;
  });
}
