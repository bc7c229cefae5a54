import { isPrivileged, securityOptionsOf } from '../../compose/isolation.ts';
import { withItem } from '../../compose/lists.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireNoNewPrivileges = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-no-new-privileges',
  meta: {
    summary: 'Forbid services to gain privileges.',
    why: 'Without `no-new-privileges` a program that runs as a plain account becomes root by any setuid file in its image, such as `su`, and a flaw in one of them is all that an attacker needs.',
    fix: 'Adds `no-new-privileges:true` to `security_opt`. Look whether the service still starts: `sudo`, `su`, `ping` without a capability, and cron jobs under other accounts stop working; `gosu`, `su-exec` and `setpriv` go on.',
    off: 'Where the engine sets `"no-new-privileges": true` for all containers in its `daemon.json`.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'kics:27fcc7d6-c49b-46e0-98f1-6c082a6a2750',
      'kics:no_new_privileges_not_set',
      'kics:610e266e-6c12-4bca-9925-1ed0cd29742b',
      'kics:security_opt_not_set',
      'cis:5.26',
      'owasp:RULE#4',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n'],
  },

  *check(service) {
    const { name, nameSpan, complete, find } = service;
    if (!complete || find('provider') || isPrivileged(service) || decides(service)) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Programs of service ${name} may gain privileges that it does not have, by setuid files. Set no-new-privileges:true under security_opt.`,
    };
  },

  fix: {
    // A program that becomes root on purpose stops working.
    safety: 'unsafe',
    build: (_match, { name, map, file }) => {
      const edit = map && withItem(file, map, 'security_opt', 'no-new-privileges:true');
      return (
        edit && {
          title: `Forbid ${name} to gain privileges`,
          edits: [edit],
          answer: `Check that ${name} still starts and works: sudo, su and setuid files give it nothing any more.`,
        }
      );
    },
    addition: () => ({
      what: 'no-new-privileges',
      path: [],
      lines: [['security_opt', '["no-new-privileges:true"]']],
      answer:
        'Check that each of them still starts and works: sudo, su and setuid files give it nothing any more.',
    }),
  },
});

/** Said either way, or perhaps said by a variable. */
function decides(service: ServiceSubject): boolean {
  const list = service.find('security_opt')?.value;
  const open =
    list?.kind === 'seq' &&
    list.items.some(({ value }) => value.kind === 'scalar' && value.open.length > 0);
  return open || securityOptionsOf(service).some(({ name }) => name === 'no-new-privileges');
}
