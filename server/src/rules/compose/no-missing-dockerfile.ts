import { defineRule } from '../../core/rule.ts';
import { isGitIgnored, pathIn, shownPath } from '../../project/expected.ts';
import type { ServiceSubject } from '../subject.ts';

export const noMissingDockerfile = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-missing-dockerfile',
  meta: {
    summary: 'Build with a Dockerfile that exists.',
    why: 'Without its Dockerfile nothing can be built: `docker compose build` and the first `up` fail.',
    fix: 'Nothing: what the image is made of is not in the file.',
    off: 'Where a script writes the Dockerfile before it is built. Files that Git ignores are not reported.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ build, complete, context, directory, files, find }) {
    if (!complete || !context || build?.dockerfile === undefined) return;
    const path = pathIn(context.directory, build.dockerfile);
    const kind = files.kindOf(path);
    if (kind === 'file' || isGitIgnored(path, files)) return;
    const named = find('build', 'dockerfile');
    const { span, source } = (named ?? { value: build.place }).value;
    const shown = shownPath(directory, path);
    yield {
      span,
      source,
      data: undefined,
      message:
        kind === 'directory'
          ? `${shown} is a folder, and the build wants a Dockerfile there. Name the file in it.`
          : `There is no ${shown}, so the build fails. ${adviceFor(named)}`,
    };
  },
});

const adviceFor = (named: unknown): string =>
  named ? 'The path starts at the build context.' : 'Name the right file with build.dockerfile.';
