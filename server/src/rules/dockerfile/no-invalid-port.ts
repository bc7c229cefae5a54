import { defineRule } from '../../core/rule.ts';
import { exposedIn } from '../../dockerfile/exposed.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noInvalidPort = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-invalid-port',
  meta: {
    summary: 'Expose ports that exist.',
    why: 'Ports end at 65535, and EXPOSE takes nothing but ports, ranges of them, and tcp, udp or sctp behind a slash. Anything else stops the build.',
    fix: 'Nothing: only you know which port the program listens on.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3011'],
    examples: ['FROM debian:12.7-slim\nEXPOSE 80800\n'],
  },

  *check({ model: { instructions } }) {
    for (const { text, span, plain } of exposedIn(instructions)) {
      const wrong = problemOf(plain);
      if (wrong === undefined) continue;
      yield { span, data: undefined, message: `EXPOSE ${text} stops the build: ${wrong}` };
    }
  },
});

const PORTS = /^(\d+)(?:-(\d+))?(?:\/(.*))?$/;
const LAST = 65_535;

/** Undefined for what is right, for what holds variables, and for a mapping, which is another matter. */
function problemOf(port: string): string | undefined {
  if (/[?:]/.test(port)) return undefined;
  if (port.startsWith('#'))
    return 'a comment needs a line of its own. Put it above the instruction.';
  const match = PORTS.exec(port);
  if (!match) return 'that is no port and no range of ports. Write it like 8080 or 8000-8010/udp.';
  const [, first, last = first, protocol = 'tcp'] = match;
  return problemOfRange(Number(first), Number(last)) ?? problemOfProtocol(protocol);
}

function problemOfRange(first: number, last: number): string | undefined {
  if (Math.max(first, last) > LAST)
    return 'ports end at 65535. Write the port that the program listens on.';
  return last < first ? 'the range ends before it begins. Put the lower port first.' : undefined;
}

function problemOfProtocol(protocol: string): string | undefined {
  if (/^(tcp|udp|sctp)$/i.test(protocol)) return undefined;
  const written = protocol === '' ? 'nothing' : protocol;
  return `${written} is no protocol. Write tcp, udp or sctp behind the slash.`;
}
