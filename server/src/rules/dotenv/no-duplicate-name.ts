import type { Span } from '../../core/span.ts';
import { lineStart } from '../../core/span.ts';
import { defineRule } from '../../core/rule.ts';
import type { DotenvVariable } from '../../dotenv/model.ts';
import type { DotenvSubject } from '../subject.ts';

interface Data {
  /** The one that does not count. */
  readonly earlier: DotenvVariable;
  /** The variables between the two may take its value. */
  readonly isRead: boolean;
}

export const noDuplicateName = defineRule<DotenvSubject, Data>({
  id: 'dotenv/no-duplicate-name',
  meta: {
    summary: 'Set each variable once.',
    why: 'Of several lines for one variable the last counts. Who changes the first one wonders why nothing happens.',
    fix: 'Deletes the line that does not count.',
    off: 'Where a program that takes the first line reads the file, and not Compose.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ file: { variables } }) {
    const last = new Map(variables.map((variable) => [variable.name, variable]));
    for (const earlier of variables) {
      const { name, nameSpan, inherited } = earlier;
      if (name === '' || inherited || last.get(name) === earlier) continue;
      const isRead = variables.some(({ references }) =>
        references.some((one) => one.name === name),
      );
      yield {
        span: nameSpan,
        data: { earlier, isRead },
        message: `${name} is set again further down, and that line counts. Delete one of them.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { earlier, isRead } }, { file }) => {
      const line = isRead ? undefined : ownLine(file.source.text, earlier.span);
      return (
        line && {
          title: `Delete the line of ${earlier.name} that does not count`,
          edits: [{ span: line, newText: '' }],
        }
      );
    },
  },
});

/** The whole line, where nothing else stands on it but a comment. */
function ownLine(text: string, { start, end }: Span): Span | undefined {
  const first = lineStart(text, start);
  const feed = text.indexOf('\n', end);
  if (feed < 0 || text.slice(first, start).trim() !== '') return undefined;
  return /^\s*(#[^\n]*)?$/.test(text.slice(end, feed))
    ? { start: first, end: feed + 1 }
    : undefined;
}
