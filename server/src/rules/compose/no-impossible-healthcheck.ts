import { type HealthCheck, healthCheckOf } from '../../compose/canonical/read.ts';
import { wordsOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { inheritedBy } from '../../dockerfile/model.ts';
import type { HealthTest } from '../../roles/health-call.ts';
import type { Image } from '../../roles/built-contents.ts';
import { impossibleHealth, type Impossible } from '../../roles/impossible-health.ts';
import { unheardHealth } from '../../roles/unheard-health.ts';
import type { ServiceSubject } from '../subject.ts';

export const noImpossibleHealthcheck = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-impossible-healthcheck',
  meta: {
    summary: 'Let health checks call what is in the image, on a port that answers them.',
    why: 'A check that cannot pass is worse than none: the service is never healthy, and whatever waits for it with `service_healthy` never starts.',
    fix: 'Nothing: which check is right depends on the program. `compose/require-healthcheck` knows one for many images once the wrong one is gone.',
    off: 'Where a start script that is not in the Compose file brings the program along, or moves the port. Only images whose contents are known for certain are judged, and images built here whose Dockerfile neither installs nor copies the program.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  cache:\n    image: redis:7.2\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:6379"]\n',
      'services:\n  app:\n    image: php:8.3-fpm\n    healthcheck:\n      test: curl -f http://localhost:9000 || exit 1\n',
    ],
  },

  *check(service) {
    if (!service.find('healthcheck', 'test')) return;
    const check = healthCheckOf(service.canonical);
    const test = check && testOf(check);
    if (!test) return;
    const told = whyNever(service, test);
    if (!told) return;
    yield { ...placeOf(check, told.word), data: undefined, message: told.message };
  },
});

function testOf({ disabled, test }: HealthCheck): HealthTest | undefined {
  if (disabled || test.some(({ value }) => value === undefined)) return undefined;
  const [kind, ...words] = test.map(({ value = '' }) => value);
  if (kind === 'CMD') return { kind: 'words', words };
  return kind === 'CMD-SHELL' ? { kind: 'script', script: words.join(' ') } : undefined;
}

function whyNever(service: ServiceSubject, test: HealthTest): Impossible | undefined {
  if (test.kind === 'script' && test.script.trim() === 'NONE')
    return { word: undefined, message: NONE };
  const image = imageOf(service);
  if (!image) return undefined;
  const isThere = (name: string): boolean => isBrought(name, service);
  return impossibleHealth(test, image, isThere) ?? unheardHealth(test, service);
}

const NONE =
  'This runs a program called NONE. To switch the check off, write test: ["NONE"] or disable: true.';

/** Undefined where nobody knows what it is made of. */
function imageOf({ program, build, context }: ServiceSubject): Image | undefined {
  if (program === undefined || program.includes('?')) return undefined;
  const stage = context?.stage;
  if (!stage) return build ? undefined : { program, instructions: undefined };
  return { program, instructions: inheritedBy(stage) };
}

/** By a mount, or by a start that is not the one of the image and may install it. */
function isBrought(name: string, { canonical, find, facts, mounts }: ServiceSubject): boolean {
  if (find('entrypoint') || find('configs') || find('secrets')) return true;
  if (find('command')) {
    const words = wordsOf(canonical)?.text;
    if (
      words === undefined ||
      /\b(apk|apt|apt-get|dnf|microdnf|yum|curl|wget)\b|\.sh\b/.test(words)
    )
      return true;
  }
  return [...facts.hostMounts(), ...mounts].some(
    ({ target }) => target.endsWith(`/${name}`) || /\/s?bin\/?$/.test(target),
  );
}

/** A script is one text, and the last. */
function placeOf({ test, place }: HealthCheck, word: number | undefined): Place {
  return (word === undefined ? test.at(-1) : test[word + 1])?.place ?? place;
}
