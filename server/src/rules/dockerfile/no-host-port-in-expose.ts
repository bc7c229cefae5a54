import { defineRule } from '../../core/rule.ts';
import { type Exposed, exposedIn } from '../../dockerfile/exposed.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noHostPortInExpose = defineRule<DockerfileSubject, string>({
  id: 'dockerfile/no-host-port-in-expose',
  meta: {
    summary: 'Expose the container’s port alone.',
    why: 'EXPOSE only writes down which port the program listens on. An address or a port of the host in front of it is thrown away: nothing is published by it, though it looks as if it were, and BuildKit warns.',
    fix: 'Leaves the container’s port and its protocol. Publish the port where the container is started: `ports:` in Compose, or `docker run -p`.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:ExposeInvalidFormat'],
    examples: ['FROM debian:12.7-slim\nEXPOSE 127.0.0.1:8080:80\n'],
  },

  *check({ model: { instructions } }) {
    for (const exposed of exposedIn(instructions)) {
      const { text, span, plain } = exposed;
      if (!plain.includes(':')) continue;
      const port = containerPort(exposed);
      yield {
        span,
        data: port,
        message: `EXPOSE takes the container’s port alone: what stands in front of it in ${text} has no effect. Write ${port === '' ? 'the port' : `EXPOSE ${port}`}, and publish it where the container is started.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ span, data: port }) =>
      port === '' ? undefined : { title: `Expose ${port} alone`, edits: [{ span, newText: port }] },
  },
});

/** As far as what is left can be a port; nothing otherwise. */
function containerPort({ plain, behindColon }: Exposed): string {
  const rest = plain.slice(plain.lastIndexOf(':') + 1);
  return /^[\w?-]+(\/[\w?]+)?$/.test(rest) ? behindColon : '';
}
