import { defineRule } from '../../core/rule.ts';
import { isGitIgnored, isOfHost, isSubmodule, pathIn, shownPath } from '../../project/expected.ts';
import type { ServiceSubject } from '../subject.ts';

export const noMissingBuildContext = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-missing-build-context',
  meta: {
    summary: 'Build from a folder that exists.',
    why: 'Without its context nothing can be built: `docker compose build` and the first `up` fail.',
    fix: 'Nothing: where the folder went, or what belongs into it, is not in the file.',
    off: 'Where a script fetches the folder before it is built. Folders that Git ignores and submodules are not reported.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  api:\n    build: ./api\n'],
  },

  *check({ build, complete, directory, files }) {
    if (!build || !complete || build.context === undefined) return;
    if (isOfHost(build.context, directory)) return;
    const path = pathIn(directory, build.context);
    const kind = files.kindOf(path);
    if (kind === 'directory') return;
    if (kind === undefined && (isGitIgnored(path, files) || isSubmodule(path, files))) return;
    const { span, source } = build.place;
    yield {
      span,
      source,
      data: undefined,
      message: `${kind === 'file' ? 'A file is where' : 'Nothing is where'} the build context ${shownPath(directory, path)} should be, so the build fails. Paths start at the folder of the first Compose file.`,
    };
  },
});
