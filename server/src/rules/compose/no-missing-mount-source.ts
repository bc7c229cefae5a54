import type { HostMount } from '../../compose/host-mounts.ts';
import { isWrittenFile, isWrittenFolder } from '../../compose/facts/mount-kinds.ts';
import { defineRule } from '../../core/rule.ts';
import { isExpectedToBeMissing, isOfHost, isSubmodule, shownPath } from '../../project/expected.ts';
import type { ServiceSubject } from '../subject.ts';

export const noMissingMountSource = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-missing-mount-source',
  meta: {
    summary: 'Mount configuration that exists.',
    why: 'Where the source of a bind mount is missing, the engine makes an empty folder of that name and mounts it: the program finds a folder where its configuration should be, and the folder stays.',
    fix: 'Nothing: where the file went, or what belongs into it, is not in the Compose file.',
    off: 'Where a script writes the files before the project starts. Only files that are called like configuration or scripts, and folders of such, are reported; data that a program makes itself, paths of the host, and what Git ignores are not.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n',
    ],
  },

  *check({ complete, directory, files, facts }) {
    if (!complete) return;
    for (const mount of facts.hostMounts()) {
      const { path, target, place } = mount;
      if (!isWritten(mount) || isOfHost(path, directory)) continue;
      if (files.kindOf(path) !== undefined) continue;
      if (isExpectedToBeMissing(path, files) || isSubmodule(path, files)) continue;
      yield {
        ...place,
        data: undefined,
        message: `${shownPath(directory, path)} does not exist, so the engine mounts an empty folder at ${target}, or refuses to start. Create it, or correct the path.`,
      };
    }
  },
});

/** Somebody has to write what is mounted, and its place is said here and not by a variable. */
function isWritten({ path, target, readOnly, map }: HostMount): boolean {
  const source = map.get('source')?.value;
  const written = source?.source.text.slice(source.span.start, source.span.end) ?? '$';
  if (written.includes('$')) return false;
  return isWrittenFile(path, target) || isWrittenFolder(target, readOnly);
}
