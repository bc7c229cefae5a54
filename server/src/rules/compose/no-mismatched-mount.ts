import { kindOfTarget } from '../../compose/facts/mount-kinds.ts';
import { defineRule } from '../../core/rule.ts';
import { isOfHost, shownPath } from '../../project/expected.ts';
import type { ServiceSubject } from '../subject.ts';

export const noMismatchedMount = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-mismatched-mount',
  meta: {
    summary: 'Mount files on files, and folders on folders.',
    why: 'The engine refuses to mount a file on a folder, and a program finds nothing to read where a folder stands in place of its file. A folder with the name of a file is mostly what the engine made when the file was missing.',
    fix: 'Nothing: which of the two paths is wrong is not in the file.',
    off: 'Where an image has something else at the path than the program is known for.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ complete, directory, files, facts }) {
    if (!complete) return;
    for (const { path, target, place } of facts.hostMounts()) {
      const wanted = kindOfTarget(target);
      if (wanted === undefined || isOfHost(path, directory)) continue;
      const kind = files.kindOf(path);
      if (kind === undefined || kind === wanted) continue;
      const shown = shownPath(directory, path);
      yield {
        ...place,
        data: undefined,
        message:
          kind === 'directory'
            ? `${shown} is a folder, and ${target} has to be a file. Name the file in it, or delete the folder if the engine made it.`
            : `${shown} is a file, and ${target} is a folder. Mount it at a path below that folder.`,
      };
    }
  },
});
