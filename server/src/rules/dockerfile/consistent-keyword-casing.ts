import { defineRule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const consistentKeywordCasing = defineRule<DockerfileSubject, string>({
  id: 'dockerfile/consistent-keyword-casing',
  meta: {
    summary: 'Write all keywords in the same case.',
    why: 'Keywords in capitals, or all of them in small letters, show where an instruction begins. One that is written otherwise is overlooked, also by those who search for `COPY`.',
    fix: 'Writes the keyword as most others in the file are written.',
    off: 'Where nobody minds. The recommended preset reports only keywords that mix both cases.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:ConsistentInstructionCasing'],
    examples: ['FROM debian:12.7-slim\nCopy shop /srv/\n'],
  },

  *check({ model: { text, instructions }, settings }) {
    const written = instructions.map(({ keywordSpan: { start, end } }) => text.slice(start, end));
    const lower = written.filter((keyword) => keyword === keyword.toLowerCase()).length;
    const upper = written.filter((keyword) => keyword === keyword.toUpperCase()).length;
    for (const [index, { keyword, keywordSpan }] of instructions.entries()) {
      const here = written[index] ?? '';
      const wanted = lower > upper ? keyword.toLowerCase() : keyword;
      const isMixed = here !== keyword && here !== keyword.toLowerCase();
      if (here === wanted || (settings.preset === 'recommended' && !isMixed)) continue;
      yield {
        span: keywordSpan,
        data: wanted,
        message: isMixed
          ? `${here} mixes capitals and small letters, so it is easily overlooked. Write ${wanted}.`
          : `${here} is written otherwise than most keywords of this file. Write ${wanted}.`,
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
