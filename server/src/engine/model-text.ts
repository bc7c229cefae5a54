/** The effective model as a text, and for each line of it where that comes from. */
import { configYaml } from '../compose/canonical/output.ts';
import { RESOURCES } from '../compose/canonical/top.ts';
import { parseFile } from '../compose/file.ts';
import type { Entry, Item, MapValue, SeqValue, Step, Value } from '../compose/value.ts';
import type { Place, Source } from '../core/source.ts';
import { type Lines, linesOf } from '../core/span.ts';
import type { ProjectName } from '../project/name.ts';
import { type ExplainedStep, type Found, ofEntry, ofItem, stepsOf } from './explain.ts';
import { offsetsIn } from './groups.ts';
import type { Model } from './model.ts';
import type { PlaceInFile } from './places.ts';

export interface ModelText {
  /** YAML, as `docker compose config` prints it. */
  readonly text: string;
  /** One for each line of the text, the empty one behind its last line end left out. */
  readonly origins: readonly Origin[];
}

export interface Origin {
  /** The keys and numbers that lead to what stands in the line, joined by dots. */
  readonly path: string;
  /** Undefined where no file says it: the name of the project comes from the folder, or from the process. */
  readonly written: PlaceInFile | undefined;
  /** The last step first. */
  readonly steps: readonly ExplainedStep[];
}

/**
 * The printed text is read again, and walked side by side with the model that it was printed from, so no line is told by
 * what it looks like.
 */
export function modelText(model: Model): ModelText {
  const text = configYaml(model.canonical);
  const lines = linesOf(text);
  const parsed = parseFile('', text);
  const offsets = offsetsIn([parsed]);
  const origins: Origin[] = [];
  const walk: Walk = {
    model,
    offsets,
    lines,
    mark: (place, origin) => {
      markLines(origins, { place, origin }, walk);
    },
  };
  const root = parsed.documents[0];
  if (root?.kind === 'map') for (const entry of root.entries) walkSection(entry, walk);
  return { text, origins };
}

interface Walk {
  readonly model: Model;
  readonly offsets: (source: Source) => number;
  readonly lines: Lines;
  /** What begins in a line later is what the line is about: `- type: bind` is the type, not the item. */
  readonly mark: (place: Place, origin: Origin) => void;
}

interface Marked {
  readonly place: Place;
  readonly origin: Origin;
}

function markLines(
  origins: Origin[],
  { place: { source, span }, origin }: Marked,
  { lines, offsets }: Walk,
): void {
  const offset = offsets(source);
  const first = lines.positionAt(offset + span.start).line;
  // A block text ends behind its last line end.
  const last = lines.positionAt(offset + Math.max(span.start, span.end - 1)).line;
  for (let line = first; line <= last; line++) origins[line] = origin;
}

/** A top-level key of the printed text. */
function walkSection(printed: Entry, walk: Walk): void {
  const { model, mark } = walk;
  const { canonical, project } = model;
  const { key, value } = printed;
  const place = { source: printed.source, span: printed.keySpan };
  if (key === 'name') {
    mark(place, nameOrigin(project.found.name, model));
    return;
  }
  const extension = canonical.extensions.find((entry) => entry.key === key);
  if (extension) {
    walkEntry(printed, ofKey(extension, []), { path: key, walk });
    return;
  }
  const named =
    key === 'services'
      ? canonical.services
      : canonical.resources[RESOURCES.find((kind) => kind === key) ?? 'networks'];
  const parts = value.kind === 'map' ? value.entries : [];
  const founds = parts.flatMap((one) => {
    const found = named.get(keyOf(one));
    return found ? [{ one, found: { ...ofKey(found.entry, []), value: found.map } }] : [];
  });
  const written = sectionPlace(key, model);
  const [first] = founds;
  // Where no file has the section, Compose supplied what is in it.
  if (written || !first) mark(place, { path: key, written, steps: [] });
  else mark(place, originOf(first.found, { path: key, walk }));
  for (const { one, found } of founds)
    walkEntry(one, found, { path: `${key}.${keyOf(one)}`, walk });
}

interface Here {
  readonly path: string;
  readonly walk: Walk;
}

/** A dollar is printed twice, in keys as well. */
const keyOf = ({ key }: Entry): string => key.replaceAll('$$', '$');

function walkEntry(printed: Entry, found: Found, here: Here): void {
  here.walk.mark({ source: printed.source, span: printed.keySpan }, originOf(found, here));
  walkValue(printed.value, found, here);
}

function walkValue(printed: Value, found: Found, here: Here): void {
  if (printed.kind === 'scalar') here.walk.mark(printed, originOf(found, here));
  else if (printed.kind === 'map') walkMap(printed, found, here);
  else walkList(printed, found, here);
}

function walkMap(printed: MapValue, found: Found, { path, walk }: Here): void {
  for (const entry of printed.entries) {
    const key = keyOf(entry);
    const below = found.value.kind === 'map' ? found.value.get(key) : undefined;
    // What is printed without standing in the model comes from the mapping as a whole.
    walkEntry(entry, below ? ofKey(below, found.steps) : found, { path: `${path}.${key}`, walk });
  }
}

function walkList(printed: SeqValue, found: Found, { path, walk }: Here): void {
  const parts = partsOf(found);
  const taken = new Set<Found>();
  printed.items.forEach((item, index) => {
    const part = partFor(item, index, parts, taken) ?? found;
    taken.add(part);
    const here = { path: `${path}.${index}`, walk };
    walk.mark(
      { source: item.value.source, span: { ...item.value.span, end: item.value.span.start } },
      originOf(part, here),
    );
    walkValue(item.value, part, here);
  });
}

/** Some mappings are printed as lists. */
function partsOf({ value, steps }: Found): readonly Found[] {
  if (value.kind === 'seq') return value.items.map((item) => ofItem(item, steps));
  return value.kind === 'map' ? value.entries.map((entry) => ofEntry(entry, steps)) : [];
}

/** Texts may be printed in another order, so the text counts before the number. */
function partFor(
  { value }: Item,
  index: number,
  parts: readonly Found[],
  taken: ReadonlySet<Found>,
): Found | undefined {
  const same = parts[index];
  if (value.kind !== 'scalar') return same;
  const text = value.text.replaceAll('$$', '$');
  const says = (part: Found | undefined): boolean =>
    part?.value.kind === 'scalar' && part.value.text === text && !taken.has(part);
  return says(same) ? same : (parts.find(says) ?? same);
}

/** A mapping or a list begins at its key; a value has a place of its own. */
function ofKey(entry: Entry, outer: readonly Step[]): Found {
  const found = ofEntry(entry, outer);
  if (entry.value.kind === 'scalar') return found;
  return { ...found, place: { source: entry.source, span: entry.keySpan } };
}

function originOf(found: Found, { path, walk: { model } }: Here): Origin {
  const { source } = found.place;
  // What Compose supplies in a project without any service has no place.
  const written = source.file === '' ? undefined : model.placed(found.place);
  return { path, written, steps: stepsOf(found, model) };
}

function nameOrigin({ from, place }: ProjectName, model: Model): Origin {
  const steps = nameSteps[from];
  return {
    path: 'name',
    written: place && model.placed(place),
    steps: steps === undefined ? [] : [{ what: steps, at: undefined }],
  };
}

const nameSteps: Readonly<Record<ProjectName['from'], string | undefined>> = {
  option: undefined,
  COMPOSE_PROJECT_NAME: 'COMPOSE_PROJECT_NAME names the project',
  file: undefined,
  directory: 'no file names the project, so it is called after its folder',
};

/** The key in the first file of the project that has it, or in the first that is included. */
function sectionPlace(key: string, { project, placed }: Model): PlaceInFile | undefined {
  for (const { documents } of project.files.values()) {
    for (const root of documents) {
      const entry = root.kind === 'map' ? root.get(key) : undefined;
      if (entry) return placed({ source: entry.source, span: entry.keySpan });
    }
  }
  return undefined;
}
