/** Variables of a project that nothing sets: what two rules look at. */
import { type OpenVariable, openVariablesIn } from '../../compose/facts/variables.ts';
import { sectionNames } from '../../compose/effective/merged.ts';
import { writtenAt } from '../../compose/written.ts';
import type { Place } from '../../core/source.ts';
import type { ProjectSubject, ServiceSubject } from '../subject.ts';

export interface Found {
  readonly variable: OpenVariable;
  readonly service: ServiceSubject | undefined;
  /** The container has a variable of that name. */
  readonly isSetThere: boolean;
  /** It has it from an env file of the service. */
  readonly isInEnvFile: boolean;
}

/** Those that no line of an env file sets either: what is set to something unknown is set. */
export function* openVariables(subject: ProjectSubject): Iterable<Found> {
  const { environment } = subject.project.found;
  for (const found of allOpen(subject)) if (!environment.lookup(found.variable.name)) yield found;
}

/** Of services, which keep theirs, then of the other sections, which are short. */
function* allOpen({ services, index, project }: ProjectSubject): Iterable<Found> {
  const some = index.withOpenVariables;
  // In the order of the file, so that it is the first place that is told.
  for (const service of some.size === 0 ? [] : services) {
    for (const variable of service.facts.openVariables())
      yield {
        variable,
        service,
        isSetThere: service.facts.variableNames().has(variable.name),
        isInEnvFile: isInEnvFile(variable.name, service, project.files),
      };
  }
  const { merged } = project;
  for (const entries of [...sectionNames.map((section) => merged[section]), merged.keys])
    for (const entry of entries.values())
      for (const variable of openVariablesIn([entry]))
        yield { variable, service: undefined, isSetThere: false, isInEnvFile: false };
}

function isInEnvFile(
  name: string,
  { facts }: ServiceSubject,
  files: ReadonlyMap<string, unknown>,
): boolean {
  const place = facts.variableNames().get(name);
  return place !== undefined && !files.has(place.source.file);
}

/** The first place of the variable, or the whole value where quotes and folds hide which part that is. */
export function placeOf({ scalar, parts }: OpenVariable): Place {
  const [first] = parts;
  const span = first && writtenAt(scalar, first.span);
  return { source: scalar.source, span: span ?? scalar.span };
}
