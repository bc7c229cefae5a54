import { isOwn } from '../../compose/model.ts';
import type { Entry, Scalar, Value } from '../../compose/value.ts';
import { defineRule, type Match } from '../../core/rule.ts';
import type { Source } from '../../core/source.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly scalar: Scalar;
  readonly own: boolean;
}

export const noOldBoolean = defineRule<ServiceSubject, Data>({
  id: 'compose/no-old-boolean',
  meta: {
    summary: 'Write `true` and `false`.',
    why: 'YAML 1.2 reads `yes`, `no`, `on` and `off` as texts. Compose takes them where it wants a boolean and warns each time; other tools refuse them, or take `no` for a text that is true.',
    fix: 'Writes `true` or `false`.',
    off: 'Where a tool that reads YAML 1.1 alone writes the file.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  web:\n    image: nginx:1.27\n    read_only: yes\n'],
  },

  check({ merged, source }) {
    const found: Match<Data>[] = [];
    collect(merged.entries, source, found);
    return found;
  },

  fix: {
    safety: 'safe',
    build: ({ data: { scalar, own } }) =>
      own
        ? {
            title: `Write ${String(scalar.value)}`,
            edits: [{ span: scalar.span, source: scalar.source, newText: String(scalar.value) }],
          }
        : undefined,
  },
});

function collect(entries: readonly Entry[], source: Source, found: Match<Data>[]): void {
  for (const entry of entries) {
    const { value } = entry;
    if (value.kind === 'map') collect(value.entries, source, found);
    else if (value.kind === 'seq') {
      for (const item of value.items)
        if (item.value.kind === 'map') collect(item.value.entries, source, found);
    } else if (isOld(value)) {
      found.push({
        span: value.span,
        source: value.source,
        data: { scalar: value, own: isOwn(entry, source) && value.source === source },
        message: `${entry.key} wants a boolean, and YAML 1.2 reads ${value.text} as a text. Write ${String(value.value)}.`,
      });
    }
  }
}

/** Compose made a boolean of a word that is none. */
function isOld(value: Value): value is Scalar {
  return (
    value.kind === 'scalar' &&
    typeof value.value === 'boolean' &&
    value.template === undefined &&
    /^(y|yes|on|n|no|off)$/i.test(value.text)
  );
}
