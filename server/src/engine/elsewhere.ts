/** What Compose refuses for the sake of another file, told where the file that is looked at brings that one in. */
import { refusalRules } from '../compose/consistency/catalogue.ts';
import type { Ancestor } from '../compose/effective/merged.ts';
import type { Place } from '../core/source.ts';
import type { ComposeProject } from '../project/compose-project.ts';
import { shownPath } from '../project/expected.ts';
import type { Part } from './groups.ts';
import { type Places, placesIn } from './places.ts';
import type { Raised } from './run.ts';

const refusals: ReadonlySet<string> = new Set(refusalRules.map(({ id }) => id));

const none: readonly Raised[] = [];

/**
 * The refusals among the parts, and the mistakes of syntax, that lie in files which `extends` or `include` bring in: one
 * finding for each rule and place that names such a file. A project's own files tell their mistakes themselves.
 */
export function broughtIn(project: ComposeProject, parts: readonly Part[]): readonly Raised[] {
  const { file, files } = project;
  if (files.size < 2) return none;
  const mistakes = new Map<Place, Map<string, Mistake[]>>();
  const add = (mistake: Mistake): void => {
    const at = namedBy(project, mistake);
    if (!at) return;
    const byRule = mistakes.get(at) ?? new Map<string, Mistake[]>();
    mistakes.set(at, byRule);
    byRule.set(mistake.rule, [...(byRule.get(mistake.rule) ?? []), mistake]);
  };
  for (const { problems } of files.values())
    for (const { message, ...place } of problems) add({ rule: 'compose/syntax', message, place });
  for (const { source, raised } of parts) {
    if (source.file === file.file) continue;
    for (const { rule, severity, message, span, service } of raised)
      if (severity === 'error' && refusals.has(rule))
        add({ rule, message, place: { source, span }, service });
  }
  if (mistakes.size === 0) return none;
  const placed = placesIn(project);
  return Array.from(mistakes, ([{ source, span }, byRule]) =>
    Array.from(byRule, ([rule, list]): Raised => {
      const message = told(list, placed, project.directory);
      return { rule, severity: 'error', message, source, span };
    }),
  ).flat();
}

interface Mistake {
  readonly rule: string;
  readonly message: string;
  readonly place: Place;
  readonly service?: string | undefined;
}

/** Where the file that is looked at names the one with the mistake, or one that leads there. */
function namedBy(project: ComposeProject, { place, service }: Mistake): Place | undefined {
  const { file, merged } = project;
  const chain = service === undefined ? undefined : merged.services.get(service)?.chain;
  const isHere = ({ at }: Ancestor): boolean => at.source.file === file.file;
  if (chain?.some((ancestor) => ancestor.file === place.source.file))
    return chain.findLast(isHere)?.at;
  const seen = new Set<string>();
  for (let at = place.source.file; at !== file.file && !seen.has(at);) {
    seen.add(at);
    const named = merged.files.get(at);
    if (!named || named.source.file === file.file) return named;
    at = named.source.file;
  }
  return undefined;
}

function told(mistakes: readonly Mistake[], placed: Places, directory: string): string {
  const [first, ...rest] = mistakes;
  if (!first) return '';
  const { file, position } = placed(first.place);
  const more = rest.length === 0 ? '' : ` The same rule finds ${rest.length} more there.`;
  return `${shownPath(directory, file)}, line ${position.line + 1}: ${first.message}${more}`;
}
