import { isOwn } from '../../compose/model.ts';
import type { Scalar } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly scalar: Scalar;
  readonly own: boolean;
}

export const noSexagesimalPort = defineRule<ServiceSubject, Data>({
  id: 'compose/no-sexagesimal-port',
  meta: {
    summary: 'Put quotes around ports that look like a time of day.',
    why: 'YAML 1.1 takes `22:22` for a number to the base of 60, which is 1342. Compose reads it right, but tools that read YAML 1.1 (Docker Compose 1, Podman Compose, Ansible, many scripts in Python) publish that other port or refuse the file.',
    fix: 'Puts quotes around the port.',
    off: 'Where nothing but Compose ever reads the file.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['dclint:require-quotes-in-ports'],
    examples: ['services:\n  git:\n    image: gitea/gitea:1.22\n    ports:\n      - 22:22\n'],
  },

  *check({ find, source }) {
    const entry = find('ports');
    if (entry?.value.kind !== 'seq') return;
    for (const { value: scalar, own } of entry.value.items) {
      if (scalar.kind !== 'scalar' || scalar.style !== 'plain') continue;
      if (scalar.template !== undefined || !SEXAGESIMAL.test(scalar.text)) continue;
      const { span, text } = scalar;
      yield {
        span,
        source: scalar.source,
        data: { scalar, own: own && isOwn(entry, source) && scalar.source === source },
        message: `Without quotes YAML 1.1 reads ${text} as the number ${numberOf(text)}. Compose does not, but other tools do: write "${text}".`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { scalar, own } }) =>
      own
        ? {
            title: `Quote ${scalar.text}`,
            edits: [{ span: scalar.span, source: scalar.source, newText: `"${scalar.text}"` }],
          }
        : undefined,
  },
});

/** YAML 1.1: digits, then one or more parts below 60. */
const SEXAGESIMAL = /^[1-9]\d*(:[0-5]?\d)+$/;

function numberOf(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
