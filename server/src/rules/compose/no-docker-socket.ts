import { portsOf } from '../../compose/canonical/read.ts';
import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDockerSocket = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-docker-socket',
  meta: {
    summary: 'Do not give services the socket of the Docker engine.',
    why: 'Who can talk to the engine can start a privileged container with the whole host in it, so the socket is root on the host. Mounting it read-only changes nothing: that is about the file, not about what is said through it.',
    fix: 'Nothing: what the program asks the engine for decides what to do. A socket proxy on a network of its own passes on only the requests that are needed.',
    off: 'Where a service is there to manage containers and runs nothing that others bring, write an ignore comment with the reason at its mount. Programs known for that are reported as `compose/use-docker-socket-proxy`, and a proxy that publishes no port is not reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'kics:d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b',
      'kics:docker_socket_mounted_in_container',
      'cis:5.32',
      'owasp:RULE#1',
    ],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
    ],
  },

  *check(service) {
    const { name, program } = service;
    if (isKnownTo('usesEngine', program)) return;
    const isProxy = isKnownTo('socketProxy', program);
    for (const { title, place } of service.facts.engineSockets()) {
      if (isProxy && portsOf(service.canonical).length === 0) continue;
      yield {
        ...place,
        data: undefined,
        message: isProxy
          ? `Service ${name} passes on ${title} and publishes a port, so everybody who reaches that port controls the host. Leave the port out, and share a network with those who need it.`
          : `Service ${name} gets ${title}, which is root on the host, read-only or not. Put a socket proxy between them that passes on only what it needs.`,
      };
    }
  },
});
