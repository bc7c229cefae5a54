/** Fills variables into values, and casts text to numbers and booleans where Compose does. */
import {
  interpolate,
  type Interpolated,
  type Lookup,
  type TemplateProblem,
} from '../../core/interpolate.ts';
import type { Place } from '../../core/source.ts';
import type { Span } from '../../core/span.ts';
import { mapValue, noSteps, seqValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, Item, MapValue, Scalar, SeqValue, Step, Value } from '../value.ts';
import { type Cast, castPatterns, castText, expectedBy } from './casts.ts';
import type { Environment } from './environment.ts';
import { mapped } from './lists.ts';
import { below, type Pattern } from './pattern.ts';

/** What one entry comes to. The same entry comes back where nothing in it changed. */
interface FilledEntry {
  readonly entry: Entry;
  readonly refusals: readonly Refusal[];
  /** Whether `!reset` or `!override` stands in it. */
  readonly tagged: boolean;
}

interface Filling {
  readonly environment: Environment;
  readonly lookup: Lookup;
  readonly service: string | undefined;
  readonly refusals: Refusal[];
  /** What aliases brought is filled once for each place in the table: aliases inside aliases multiply. */
  readonly filled: Map<Value, { readonly casts: Casts; readonly value: Value }>;
  tagged: boolean;
}

type Casts = Pattern<Cast> | undefined;

const nothing: readonly Refusal[] = [];

/** Fills in the value of an entry; `section` is the top-level key above it, or undefined where it is a top-level key itself. */
export function interpolateEntry(
  entry: Entry,
  section: string | undefined,
  environment: Environment,
): FilledEntry {
  const filling: Filling = {
    environment,
    lookup: (name) => environment.find(name)?.value,
    service: section === 'services' ? entry.key : undefined,
    refusals: [],
    filled: new Map(),
    tagged: false,
  };
  const top = section === undefined ? castPatterns : below(castPatterns, section);
  const filled = fillEntry(entry, below(top, entry.key), filling);
  const refusals = filling.refusals.length === 0 ? nothing : filling.refusals;
  return { entry: filled, refusals, tagged: filling.tagged };
}

function fillEntry(entry: Entry, casts: Casts, filling: Filling): Entry {
  const { value } = entry;
  if (value.kind !== 'scalar') {
    const filled = fillCollection(value, casts, entry.via !== 'own', filling);
    return filled === value ? entry : { ...entry, value: filled };
  }
  const filled = fillScalar(value, casts, filling);
  return filled === undefined ? entry : { ...entry, ...withSteps(filled, entry) };
}

function fillItem(item: Item, casts: Casts, filling: Filling): Item {
  const { value } = item;
  if (value.kind !== 'scalar') {
    const filled = fillCollection(value, casts, !item.own, filling);
    return filled === value ? item : { ...item, value: filled };
  }
  const filled = fillScalar(value, casts, filling);
  return filled === undefined ? item : { ...item, ...withSteps(filled, item) };
}

function withSteps(
  { scalar, steps }: FilledScalar,
  before: { readonly steps: readonly Step[] },
): { readonly value: Scalar; readonly steps: readonly Step[] } {
  return {
    value: scalar,
    steps: steps.length === 0 ? before.steps : [...steps, ...before.steps],
  };
}

function fillCollection(
  value: MapValue | SeqValue,
  casts: Casts,
  shared: boolean,
  filling: Filling,
): Value {
  if (value.tag !== undefined) filling.tagged = true;
  // What is taken away may say what it likes.
  if (value.tag === 'reset') return value;
  const known = shared ? filling.filled.get(value) : undefined;
  if (known && known.casts === casts) return known.value;
  const filled =
    value.kind === 'map' ? fillMap(value, casts, filling) : fillSeq(value, casts, filling);
  if (shared) filling.filled.set(value, { casts, value: filled });
  return filled;
}

function fillMap(value: MapValue, casts: Casts, filling: Filling): MapValue {
  const entries = mapped(value.entries, (entry) =>
    fillEntry(entry, below(casts, entry.key), filling),
  );
  return entries === value.entries ? value : mapValue(value, entries, value);
}

function fillSeq(value: SeqValue, casts: Casts, filling: Filling): SeqValue {
  const below = casts?.any;
  const items = mapped(value.items, (item) => fillItem(item, below, filling));
  return items === value.items ? value : seqValue(value, items, value);
}

interface FilledScalar {
  readonly scalar: Scalar;
  readonly steps: readonly Step[];
}

function fillScalar(scalar: Scalar, casts: Casts, filling: Filling): FilledScalar | undefined {
  if (scalar.tag !== undefined) filling.tagged = true;
  if (typeof scalar.value !== 'string' || scalar.tag === 'reset') return undefined;
  const filled = interpolate(scalar.value, filling.lookup);
  const cast = casts?.data;
  if (filled !== undefined) {
    const { template = scalar.value } = scalar;
    const open = filling.environment.complete ? scalar.open : filled.open;
    refuse(filled, scalar, filling);
    const changed: Scalar = { ...scalar, value: filled.text, text: filled.text, template, open };
    return {
      scalar: castScalar(changed, cast, filling),
      steps: stepsOf(filled, filling.environment),
    };
  }
  return cast === undefined
    ? undefined
    : { scalar: castScalar(scalar, cast, filling), steps: noSteps };
}

function stepsOf({ used }: Interpolated, { find }: Environment): readonly Step[] {
  return used.map(({ name, went }): Step => {
    const variable = find(name);
    const from = went === 'set' || went === 'alternative' ? (variable?.from ?? 'unset') : went;
    const counts = from === 'file' || from === 'process';
    return { kind: 'variable', name, at: counts ? variable?.place : undefined, from };
  });
}

function castScalar(scalar: Scalar, cast: Cast | undefined, filling: Filling): Scalar {
  if (cast === undefined) return scalar;
  const value = castText(scalar.text, cast);
  if (value !== undefined) return { ...scalar, value };
  if (scalar.open.length === 0 && !isBroken(filling, scalar)) {
    const message = `This must be ${expectedBy(cast)}, and Compose cannot read its text as such. Write ${expectedBy(cast)}.`;
    filling.refusals.push(refusal(filling, 'compose/schema', message, scalar));
  }
  return scalar;
}

/** One reason a value is enough. */
function isBroken({ refusals }: Filling, { source, span }: Scalar): boolean {
  const last = refusals.at(-1)?.place;
  return last?.source === source && last.span.start >= span.start && last.span.end <= span.end;
}

function refuse({ problems }: Interpolated, scalar: Scalar, filling: Filling): void {
  const [first] = problems;
  if (first === undefined) return;
  if (first.kind === 'required' && isOpen(first, filling.environment)) return;
  const rule =
    first.kind === 'required' ? 'compose/required-variable' : 'compose/invalid-interpolation';
  filling.refusals.push(refusal(filling, rule, first.message, placeIn(scalar, first.span)));
}

/** What no file sets may still be set where the project runs; what one sets to nothing is set. */
function isOpen({ name = '' }: TemplateProblem, { complete, find }: Environment): boolean {
  return !complete && find(name) === undefined;
}

function refusal(filling: Filling, rule: string, message: string, place: Place): Refusal {
  const { source, span } = place;
  const { service } = filling;
  return { rule, message, place: { source, span }, ...(service === undefined ? {} : { service }) };
}

/** A stretch of a scalar's text where it stands in the file; all of it where quotes or folding hide which part that is. */
function placeIn({ source, span, value }: Scalar, { start, end }: Span): Place {
  const written = source.text.slice(span.start, span.end);
  const inside = written === value ? 0 : written.slice(1, -1) === value ? 1 : undefined;
  if (inside === undefined) return { source, span };
  const from = span.start + inside;
  return { source, span: { start: from + start, end: from + end } };
}
