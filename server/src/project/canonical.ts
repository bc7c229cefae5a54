/** Services of a project in their canonical form, with the files that it lies among. */
import type { CanonicalContext } from '../compose/canonical/scope.ts';
import { canonicalService, type CanonicalService } from '../compose/canonical/service.ts';
import { parseDotenv } from '../dotenv/parse.ts';
import { parseRaw } from '../dotenv/raw.ts';
import { isTolerated } from '../dotenv/model.ts';
import type { ComposeProject, ProjectService } from './compose-project.ts';
import type { FileFacts } from './files.ts';

/**
 * Asks `files` for the env files of the service. What is looked up by now is looked up in the project, wherever the service
 * comes from: the environment of an include holds for the texts of its files alone.
 */
export function canonicalOf(
  { merged }: ProjectService,
  project: ComposeProject,
  files: FileFacts,
  home?: string,
): CanonicalService {
  return canonicalService(merged, contextFor(project, files, home));
}

/** What canonical values of a project may look up. */
export function contextFor(
  { directory, found }: ComposeProject,
  files: FileFacts,
  home = '~',
): CanonicalContext {
  return {
    directory,
    projectName: found.name.value,
    home,
    variable: (name) => found.environment.lookup(name)?.value,
    envFile: (path, lookup, format) => {
      const text = files.readText(path);
      if (text === undefined)
        return files.kindOf(path) === undefined
          ? { kind: 'missing' }
          : { kind: 'unreadable', reason: 'It is no file that can be read as text.' };
      const source = { file: path, text };
      const read = format === 'raw' ? parseRaw(source, lookup) : parseDotenv(source, lookup);
      const problem = read.problems.find((one) => !isTolerated(one));
      if (problem)
        return {
          kind: 'unreadable',
          reason: problem.message,
          place: { source, span: problem.span },
        };
      return {
        kind: 'read',
        variables: read.variables.flatMap(({ name, value, span }) =>
          value === undefined ? [] : [{ name, value, place: { source, span } }],
        ),
      };
    },
  };
}
