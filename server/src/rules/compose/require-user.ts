import { isPrivileged } from '../../compose/isolation.ts';
import { defineRule } from '../../core/rule.ts';
import { runsUnprivileged } from '../../roles/image-user.ts';
import { isKnownTo, type Trait } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireUser = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-user',
  meta: {
    summary: 'Say which account a service runs as.',
    why: 'Where neither the Compose file nor the image says it, the program is root in its container: it may change everything in it, and a flaw in the kernel or a mount makes it root on the host.',
    fix: 'Nothing: an account has to be one that may read and write the volumes of the service. A number such as `user: "10001:10001"` needs no entry in the image.',
    off: 'Where images of others change to an account on their own, and you know that they do. Images that are known for it are not reported, and what is built here is a matter of its Dockerfile.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['owasp:RULE#2'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n'],
  },

  *check(service) {
    const { name, nameSpan, complete, job, find } = service;
    if (!complete || job || find('user') || find('provider')) return;
    if (isPrivileged(service) || hasAccount(service)) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Nothing says which account service ${name} runs as, so it may well be root. Set user to a plain account that may use its volumes.`,
    };
  },
});

/** Known from its image, or from the variables by which images are told; what is built has a rule for its Dockerfile. */
function hasAccount({ program, build, environment }: ServiceSubject): boolean {
  if (build || environment.some(({ name }) => ACCOUNT.test(name))) return true;
  // What cannot be read is not known to be root.
  if (program === undefined || program.includes('?')) return true;
  return runsUnprivileged(program) || EXCUSES.some((trait) => isKnownTo(trait, program));
}

const ACCOUNT = /^(PUID|UID|USER_?ID|USERMAP_UID|RUN_AS_USER)$/i;

/** They give root up, or cannot do without it. */
const EXCUSES: readonly Trait[] = [
  'dropsRoot',
  'nestedEngine',
  'socketProxy',
  'usesEngine',
  'observesHost',
  'needsHostNetwork',
  'opensTunnels',
];
