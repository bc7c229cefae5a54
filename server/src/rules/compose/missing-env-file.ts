import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import { isExpectedToBeMissing } from '../../project/expected.ts';
import type { ServiceSubject } from '../subject.ts';
import { envFilesOf } from '../../compose/canonical/read.ts';

export const missingEnvFile = defineRule<ServiceSubject, undefined>({
  id: 'compose/missing-env-file',
  meta: {
    summary: 'Name env files that exist.',
    why: 'Compose refuses the whole project where a file under `env_file` is not there.',
    fix: 'Nothing: what belongs into the file is not known here. With `required: false` Compose goes on without it.',
    off: 'Where a script writes the file before Compose runs. Files that Git ignores, and those with an example beside them, are not reported.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['compose-go:dotenv-file-missing'],
    examples: ['services:\n  web:\n    image: nginx:1.27\n    env_file: web.env\n'],
  },

  *check({ refusals, canonical, directory, files }) {
    const missing = refusals.filter(({ rule }) => rule === 'compose/missing-env-file');
    if (missing.length === 0) return;
    const named = envFilesOf(canonical);
    for (const { place, message } of missing) {
      const path = named.find((one) => isAt(one.path?.place, place) || isAt(one.place, place))?.path
        ?.value;
      if (path !== undefined && isExpectedToBeMissing(path, files)) continue;
      yield { ...place, data: undefined, message: message.replace(`${directory}/`, '') };
    }
  },
});

const isAt = (one: Place | undefined, place: Place): boolean =>
  one?.source === place.source && one.span.start === place.span.start;
