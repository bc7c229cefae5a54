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
  const mistakes = new Map<Place, Map<string, Mistakes>>();
  const add = (mistake: Mistake): void => {
    const at = namedBy(project, mistake);
    if (!at) return;
    const byRule = mistakes.get(at) ?? new Map<string, Mistakes>();
    mistakes.set(at, byRule);
    const known = byRule.get(mistake.rule);
    if (known) known.push(mistake);
    else byRule.set(mistake.rule, [mistake]);
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
      return { rule, severity: 'error', message: told(list, placed, project), source, span };
    }),
  ).flat();
}

interface Mistake {
  readonly rule: string;
  readonly message: string;
  readonly place: Place;
  readonly service?: string | undefined;
}

/** Of one rule. */
type Mistakes = [Mistake, ...Mistake[]];

/** Where the file that is looked at names the one with the mistake, or one that leads there. */
function namedBy(project: ComposeProject, { place, service }: Mistake): Place | undefined {
  const { file, merged } = project;
  const chain = service === undefined ? undefined : merged.services.get(service)?.chain;
  const isHere = ({ at }: Ancestor): boolean => at.source.file === file.file;
  if (chain?.some((ancestor) => ancestor.file === place.source.file))
    return chain.findLast(isHere)?.at;
  // A file is named for the first time in one that was read before it, so this comes to an end.
  let named = merged.files.get(place.source.file);
  while (named && named.source.file !== file.file) named = merged.files.get(named.source.file);
  return named;
}

function told(mistakes: Mistakes, placed: Places, { directory }: ComposeProject): string {
  const [{ place, message }, ...rest] = mistakes;
  const { file, position } = placed(place);
  const more = rest.length === 0 ? '' : ` The same rule finds ${rest.length} more there.`;
  return `${shownPath(directory, file)}, line ${position.line + 1}: ${message}${more}`;
}
