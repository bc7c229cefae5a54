/** Says where a value of the effective model comes from: where it is written, and each step on its way. */
import type { Entry, Item, Step, Value } from '../compose/value.ts';
import type { Place } from '../core/source.ts';
import type { Model } from './model.ts';
import type { PlaceInFile } from './places.ts';

export interface Explained {
  /** Keys from the service on, joined by dots. */
  readonly path: string;
  /** Undefined for a mapping or a list, and where nothing is said. */
  readonly text: string | undefined;
  readonly written: PlaceInFile;
  /** The last step first. */
  readonly steps: readonly ExplainedStep[];
}

export interface ExplainedStep {
  readonly what: string;
  readonly at: PlaceInFile | undefined;
}

/**
 * Everything at a path such as `web.deploy.resources`: the value, or each value in it. Undefined where the project has no
 * such service, or the service no such key.
 */
export function explain(model: Model, path: string): readonly Explained[] | undefined {
  const service = [...model.canonical.services.values(), ...model.canonical.disabled.values()]
    .filter(({ name }) => path === name || path.startsWith(`${name}.`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!service) return undefined;
  const keys = path === service.name ? [] : path.slice(service.name.length + 1).split('.');
  let here: Found = { value: service.map, steps: service.entry.steps, place: service.map };
  for (const key of keys) {
    const next = below(here, key);
    if (!next) return undefined;
    here = next;
  }
  return leavesOf(here, path, model);
}

/** A value of the model, with all that brought it. */
export interface Found {
  readonly value: Value;
  readonly steps: readonly Step[];
  readonly place: Place;
}

function below({ value, steps }: Found, key: string): Found | undefined {
  if (value.kind === 'map') {
    const entry = value.get(key);
    return entry && ofEntry(entry, steps);
  }
  const item = value.kind === 'seq' ? value.items[Number(key)] : undefined;
  return item && ofItem(item, steps);
}

/** What an entry of a mapping holds, `outer` being the steps of the mapping. */
export function ofEntry({ source, keySpan, value, steps }: Entry, outer: readonly Step[]): Found {
  const isWritten = value.kind !== 'scalar' || value.style !== 'absent';
  return {
    value,
    steps: [...steps, ...lasting(outer)],
    place: isWritten ? value : { source, span: keySpan },
  };
}

/** What an item of a list holds, `outer` being the steps of the list. */
export const ofItem = (item: Item, outer: readonly Step[]): Found => ({
  value: item.value,
  steps: [...item.steps, ...lasting(outer)],
  place: item.value,
});

/** Where mappings are laid over one another, each value in them says for itself whether it hides another. */
const lasting = (outer: readonly Step[]): readonly Step[] =>
  outer.filter(({ kind }) => kind !== 'override');

function leavesOf(found: Found, path: string, model: Model): readonly Explained[] {
  const { value, steps } = found;
  if (value.kind === 'map' && value.entries.length > 0)
    return value.entries.flatMap((entry) =>
      leavesOf(ofEntry(entry, steps), `${path}.${entry.key}`, model),
    );
  if (value.kind === 'seq' && value.items.length > 0)
    return value.items.flatMap((item, index) =>
      leavesOf(ofItem(item, steps), `${path}.${index}`, model),
    );
  return [
    {
      path,
      text: value.kind === 'scalar' && value.value !== null ? value.text : undefined,
      written: model.placed(found.place),
      steps: stepsOf(found, model),
    },
  ];
}

/** Each step in words, the last step first. */
export const stepsOf = ({ steps }: Found, model: Model): readonly ExplainedStep[] =>
  [...new Set(steps)].map((step) => told(step, model));

function told(step: Step, { placed }: Model): ExplainedStep {
  const place = step.kind === 'default' ? undefined : step.at;
  return { what: whatOf(step), at: place && placed(place) };
}

function whatOf(step: Step): string {
  switch (step.kind) {
    case 'alias':
      return `through the alias *${step.anchor}`;
    case 'merge':
      return `merged from the anchor &${step.anchor}`;
    case 'extends':
      return `inherited from the service ${step.service}`;
    case 'include':
      return step.at.source.file === step.file
        ? 'from a file that is included'
        : 'from an env file';
    case 'override':
      return 'laid over what stands there';
    case 'default':
      return step.reason;
    case 'variable':
      return variables[step.from](step.name);
  }
}

const variables: Readonly<
  Record<Extract<Step, { kind: 'variable' }>['from'], (name: string) => string>
> = {
  process: (name) => `\${${name}} is set in the environment`,
  file: (name) => `\${${name}} is set in a file`,
  default: (name) => `\${${name}} is set nowhere, so its default counts`,
  unset: (name) => `\${${name}} is set nowhere, and empty`,
};
