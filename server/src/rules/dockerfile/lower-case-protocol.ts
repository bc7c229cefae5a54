import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { exposedIn } from '../../dockerfile/exposed.ts';
import type { DockerfileSubject } from '../subject.ts';

export const lowerCaseProtocol = defineRule<DockerfileSubject, Span>({
  id: 'dockerfile/lower-case-protocol',
  meta: {
    summary: 'Write the protocol of an exposed port in lower case.',
    why: 'Docker writes `80/tcp`, whatever stands here, so that nobody who searches for what `docker ps` shows finds the line. BuildKit warns of it at every build.',
    fix: 'Writes the protocol in lower case.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['buildkit:ExposeProtoCasing'],
    examples: ['FROM debian:12.7-slim\nEXPOSE 8080/TCP\n'],
  },

  *check({ model: { text, instructions } }) {
    for (const { span } of exposedIn(instructions)) {
      const [, protocol] = PROTOCOL.exec(text.slice(span.start, span.end)) ?? [];
      if (protocol === undefined || protocol === protocol.toLowerCase()) continue;
      const end = span.end - (/["']/.test(text[span.end - 1] ?? '') ? 1 : 0);
      yield {
        span,
        data: { start: end - protocol.length, end },
        message: `Docker writes the protocol ${protocol} in lower case, and BuildKit warns. Write ${protocol.toLowerCase()}.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: span }, { model: { text } }) => {
      const newText = text.slice(span.start, span.end).toLowerCase();
      return { title: `Write ${newText}`, edits: [{ span, newText }] };
    },
  },
});

const PROTOCOL = /\/(tcp|udp|sctp)["']?$/i;
