import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const noSshServer = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-ssh-server',
  meta: {
    summary: 'Do not run an SSH server in a container to get into it.',
    why: 'It brings accounts, keys and updates of its own that nobody looks after, and a second program next to the one that the container is for. `docker compose exec` gets in through the engine, by the accounts of the host.',
    fix: 'Nothing: take the port and the server out, and use `docker compose exec`.',
    off: 'Where SSH is what the service is for, as with Git, file transfer or a jump host. Images that are known for that are not reported.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['cis:5.7'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    ports:\n      - "2222:22"\n'],
  },

  *check({ name, find, canonical, program }) {
    if (!find('ports') || isKnownTo('servesSsh', program) || SSH_NAME.test(name)) return;
    for (const port of oncePerEntry(portsOf(canonical))) {
      if (port.target?.value !== 22) continue;
      yield {
        ...placeOf(port),
        data: undefined,
        message: `Service ${name} publishes the port of an SSH server. Get into it by docker compose exec, and leave the server out.`,
      };
    }
  },
});

/** Built here, a service is told by its name. */
const SSH_NAME =
  /(^|[-_.])(git|gitea|forgejo|gitlab|s?ftp|ssh|sshd|bastion|jump|borg|rsync)($|[-_.])/i;
