import { defineRule } from '../../core/rule.ts';
import { copyOf } from '../../dockerfile/copies.ts';
import type { Word } from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requireSlashBehindFolder = defineRule<DockerfileSubject, Word>({
  id: 'dockerfile/require-slash-behind-folder',
  meta: {
    summary: 'End the destination of several files with a slash.',
    why: 'Several files can only be copied into a folder. Where the folder is not there yet and no slash says that it is one, BuildKit writes each file over the one before, and the last one is all that is left; the older builder stops.',
    fix: 'Puts a slash behind the destination.',
    off: 'Where every destination is known to be there, and only BuildKit builds. `.` and `..`, which are always there, and a variable alone, which may end in a slash, are reported in the `all` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3021'],
    examples: ['FROM node:22.11-slim\nCOPY package.json package-lock.json /app\n'],
  },

  *check({ model, settings }) {
    for (const written of model.instructions) {
      const { sources = [], destination } = copyOf(written.trigger ?? written) ?? {};
      if (sources.length < 2 || !destination || isFolder(destination, model.text)) continue;
      if (settings.preset !== 'all' && MAY_BE_FOLDER.test(destination.text)) continue;
      yield {
        span: destination.span,
        data: destination,
        message: `${sources.length} sources are copied to “${destination.text}”: if that folder is not there yet, each is written over the one before. Put a slash at its end.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { span } }, { model: { text } }) => {
      const at = /["']/.test(text.charAt(span.end - 1)) ? span.end - 1 : span.end;
      return {
        title: 'Put a slash behind the folder',
        edits: [{ span: { start: at, end: at }, newText: '/' }],
      };
    },
  },
});

/** It ends in a slash, or in the backslash of Windows, as written: in a list it is written twice. */
const isFolder = ({ span }: Word, text: string): boolean =>
  /[/\\]["']?$/.test(text.slice(span.start, span.end));

const MAY_BE_FOLDER = /^(\.{1,2}|(.*\/)?\.{1,2}|\$\w+|\$\{[^}]*\})$/;
