import { withoutLines } from '../../compose/take-out.ts';
import type { Entry, MapValue } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import { isForSwarm } from '../../project/swarm.ts';
import type { ProjectSubject } from '../subject.ts';

interface Data {
  readonly root: MapValue;
  readonly entry: Entry;
}

export const noObsoleteVersion = defineRule<ProjectSubject, Data>({
  id: 'compose/no-obsolete-version',
  meta: {
    summary: 'Leave out the version of the file format.',
    why: 'Compose ignores `version` and warns about it at every command. Readers take it for the version of something, and look for what it changes.',
    fix: 'Deletes the line.',
    off: 'Where `docker stack deploy` or Compose 1 read the file, which want it. Files that are plainly for Swarm are not reported.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['dclint:no-version-field', 'compose-go:version-obsolete'],
    examples: ['version: "3.8"\nservices:\n  web:\n    image: nginx:1.27\n'],
  },

  *check({ project }) {
    for (const root of project.file.documents) {
      const entry = root.kind === 'map' ? root.get('version') : undefined;
      if (root.kind !== 'map' || !entry || isForSwarm(project)) continue;
      yield {
        span: { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.end) },
        source: entry.source,
        data: { root, entry },
        message: 'Compose ignores version and warns about it. Delete the line.',
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { root, entry } }) => {
      const edit = withoutLines({ ...root, source: entry.source }, entry, { comments: false });
      return edit && { title: 'Delete version', edits: [edit] };
    },
  },
});
