import { defineRule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const consistentAsCasing = defineRule<DockerfileSubject, string>({
  id: 'dockerfile/consistent-as-casing',
  meta: {
    summary: 'Write AS in the case of its FROM.',
    why: '`FROM … as` works, and reads as if two people had written the line: AS is easy to overlook between an image and a name. BuildKit warns about it at each build.',
    fix: 'Writes `AS` behind `FROM`, and `as` behind `from`.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['buildkit:FromAsCasing'],
    examples: ['FROM golang:1.23.3 as build\n'],
  },

  *check({ model: { text, stages } }) {
    for (const { from, as } of stages) {
      if (!as) continue;
      const keyword = text.slice(from.keywordSpan.start, from.keywordSpan.end);
      const wanted = wantedBehind(keyword);
      if (wanted === undefined || as.text === wanted) continue;
      yield {
        span: as.span,
        data: wanted,
        message: `“${as.text}” stands behind “${keyword}”, in another case. Write ${wanted}.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ span, data: wanted }) => ({
      title: `Write ${wanted}`,
      edits: [{ span, newText: wanted }],
    }),
  },
});

/** `From` is in no case that AS could be in as well. */
function wantedBehind(keyword: string): string | undefined {
  if (keyword === 'FROM') return 'AS';
  return keyword === 'from' ? 'as' : undefined;
}
