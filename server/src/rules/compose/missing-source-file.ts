/** Secrets and configs whose file is not there: what the rules about both have in common. */
import { descend, textOf } from '../../compose/model.ts';
import type { Entry, Value } from '../../compose/value.ts';
import { defineRule, type Rule } from '../../core/rule.ts';
import { isExpectedToBeMissing, isOfHost, pathIn, shownPath } from '../../project/expected.ts';
import type { ProjectSubject } from '../subject.ts';

const NOT_A_FILE = { missing: 'which does not exist', directory: 'which is a folder' } as const;

/** The rule about one of the two. */
export function missingFileRule(section: 'secrets' | 'configs', one: string): Rule<ProjectSubject> {
  return defineRule<ProjectSubject, undefined>({
    id: `compose/no-missing-${one}-file`,
    meta: {
      summary: `Take ${section} from files that exist.`,
      why: `A container whose ${one} is not there does not start: the engine finds nothing to mount, or makes an empty folder in its place.`,
      fix: 'Nothing: what belongs into the file is not known here.',
      off: 'Where a script writes the file before Compose runs. Files that Git ignores, and those with an example beside them, are not reported.',
      severity: 'warning',
      preset: 'recommended',
      since: '0.2.0',
      aliases: [],
      examples: [
        `services:\n  web:\n    image: nginx:1.27\n    ${section}: [site]\n${section}:\n  site:\n    file: ./site.conf\n`,
      ],
    },

    *check({ project: { merged, directory, isPiece }, files }) {
      if (merged[section].size === 0 || isPiece) return;
      for (const [name, { value }] of merged[section]) {
        const file = fileOf(value);
        const text = textOf(file);
        // Only what lies in the project is known to be missing everywhere.
        if (!file || text === undefined || isOfHost(text, directory)) continue;
        const path = pathIn(directory, text);
        const kind = files.kindOf(path);
        if (kind === 'file' || isExpectedToBeMissing(path, files)) continue;
        const { span, source } = file.value;
        yield {
          span,
          source,
          data: undefined,
          message: `The ${one} ${name} comes from ${shownPath(directory, path)}, ${NOT_A_FILE[kind ?? 'missing']}. Create the file, or have Git ignore it if it is made on the host.`,
        };
      }
    },
  });
}

/** The engine reads no file of something that is made elsewhere. */
function fileOf(value: Value): Entry | undefined {
  const isElsewhere = ['external', 'driver'].some((key) => descend(value, [key]));
  return isElsewhere ? undefined : descend(value, ['file']);
}
