import { defineRule } from '../../core/rule.ts';
import { requoted } from '../../dockerfile/requote.ts';
import { withTriggers } from '../../dockerfile/triggers.ts';
import type { Property } from '../../dockerfile/properties.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noLegacyAssignment = defineRule<DockerfileSubject, Property>({
  id: 'dockerfile/no-legacy-assignment',
  meta: {
    summary: 'Write ENV and LABEL with an equals sign.',
    why: '`ENV NAME value` takes everything up to the end of the line for the value: a second pair on the line, or an equals sign with spaces around it, ends up inside of the first value. BuildKit warns of the form, which may be taken out.',
    fix: 'Writes `NAME=value`, in double quotes where the value has spaces. Values that go on over several lines, and those that begin with an equals sign, are left to you.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:LegacyKeyValueFormat'],
    examples: ['FROM debian:12.7-slim\nENV APP_HOME /srv/app\n'],
  },

  *check({ model: { instructions } }) {
    for (const { keyword, properties } of withTriggers(instructions))
      for (const property of properties) {
        const { name, value, isLegacy, span } = property;
        // Without a value the build stops anyway.
        if (!isLegacy || value === undefined) continue;
        yield {
          span,
          data: property,
          message: value.startsWith('=')
            ? `The equals sign becomes part of the value here, since a space stands in front of it. Write ${keyword} ${name}=… without spaces around it.`
            : `${keyword} ${name} has no equals sign, so all that follows on the line is its value, and BuildKit warns. Write ${keyword} ${name}=…`,
        };
      }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { name, nameSpan, value, valueSpan } }, { model: { text, escape } }) => {
      const between = { start: nameSpan.end, end: valueSpan.end };
      const isOnOneLine = !text.slice(between.start, between.end).includes('\n');
      // Nobody means the value to begin with it, and to keep it would make that permanent.
      if (!isOnOneLine || value?.startsWith('=')) return undefined;
      const newText = requoted(text.slice(valueSpan.start, valueSpan.end), escape);
      return newText === undefined
        ? undefined
        : { title: `Write ${name}=…`, edits: [{ span: between, newText: `=${newText}` }] };
    },
  },
});
