import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noHostCredentialsMount = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-host-credentials-mount',
  meta: {
    summary: 'Do not mount the keys and logins of a person or the host into containers.',
    why: 'With `~/.ssh`, `~/.aws` or `~/.kube` a container can do everything that their owner can, on other machines too, and a read-only mount is enough for that.',
    fix: 'Nothing: make a key for this service alone that can do only what it needs, and give it as a secret.',
    off: 'Where people run tools in containers on their own machine, with their own keys, and nothing of it is a server.',
    severity: 'warning',
    preset: 'strict',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  deploy:\n    image: shop/deploy:1.4\n    volumes:\n      - /root/.ssh:/root/.ssh:ro\n',
    ],
  },

  *check(service) {
    for (const { path, place } of service.facts.hostMounts()) {
      if (!CREDENTIALS.test(path)) continue;
      yield {
        ...place,
        data: undefined,
        message: `Service ${service.name} gets the keys or logins in ${path}, and can use them as their owner. Make a key for this service alone, and give it as a secret.`,
      };
    }
  },
});

/** Where programs keep keys of people, and where the host keeps its own. */
const CREDENTIALS =
  /\/(\.ssh|\.aws|\.azure|\.gnupg|\.kube|\.netrc|\.git-credentials|\.pgpass|\.password-store|\.docker\/config\.json|\.config\/gcloud)(\/(config|credentials|id_\w+))?$|^\/etc\/(shadow|gshadow|sudoers(\.d)?|ssh|ssl\/private|kubernetes)$/;
