import { defineRule } from '../../core/rule.ts';
import { isKnownTo } from '../../roles/programs.ts';
import type { ServiceSubject } from '../subject.ts';

export const useDockerSocketProxy = defineRule<ServiceSubject, undefined>({
  id: 'compose/use-docker-socket-proxy',
  meta: {
    summary: 'Put a socket proxy between the Docker engine and programs that watch or manage it.',
    why: 'Such a program needs a part of what the engine can do: a reverse proxy reads a list of containers, an updater pulls images. The socket gives it everything, so a flaw in a program that the internet talks to is root on the host.',
    fix: 'Nothing: a proxy is a service of its own, with a network that only it and this program share. Say in its environment which parts of the API it passes on, and point the program to it, mostly by `DOCKER_HOST: tcp://docker-proxy:2375`.',
    off: 'Where the program has to be able to do everything anyway, as Portainer has, and nobody but you reaches it.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  proxy:\n    image: traefik:v3.2\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
    ],
  },

  *check(service) {
    const { name, program } = service;
    if (!isKnownTo('usesEngine', program)) return;
    for (const { title, place } of service.facts.engineSockets()) {
      yield {
        ...place,
        data: undefined,
        message: `Service ${name} gets all of the engine through ${title}, and needs a part of it. Put a socket proxy between them that passes on only that part.`,
      };
    }
  },
});
