import { defineRule } from '../../core/rule.ts';
import type { ProjectSubject } from '../subject.ts';

export const noSeveralDefaultFiles = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-several-default-files',
  meta: {
    summary: 'Keep one file that Compose finds by itself.',
    why: 'Of `compose.yaml`, `compose.yml`, `docker-compose.yml` and `docker-compose.yaml` in one folder Compose reads the first and passes over the others: what somebody changes there never runs. The same holds for override files.',
    fix: 'Nothing: which of the files is the right one, only you know.',
    off: 'Where the other file is kept for a tool that looks for its name.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ project: { found, file } }) {
    const problem = found.problems.find(({ kind }) => kind.startsWith('several-'));
    if (!problem) return;
    const [first] = file.documents.flatMap((root) => (root.kind === 'map' ? root.entries : []));
    if (!first) return;
    yield {
      span: first.keySpan,
      source: first.source,
      data: undefined,
      message: problem.message,
    };
  },
});
