/** What people are told where a value does not fit the schema. */
import type { Place } from '../../core/source.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, Scalar, Value } from '../value.ts';
import { examples, patterns, serviceExamples, topExamples } from './examples.ts';
import { formats } from './formats.ts';
import { placementOf } from './misplaced.ts';
import { lastKey, pathText, type Trail } from './trail.ts';
import { FLAG, FRACTION, LIST, MAP, type Section, type Shape, TEXT, WHOLE } from './shape.ts';

const SCHEMA = 'compose/schema';
const UNKNOWN_KEY = 'compose/unknown-key';
const INVALID_NAME = 'compose/invalid-name';

const LONGEST_SHOWN = 40;

/** A value of another kind than any that may stand here, or none at all. */
export function isWrongKind(trail: Trail, value: Value, shape: Shape, key: Place): Refusal {
  const { format, values } = shape;
  const message = (rest: string): string => `${pathText(trail)} ${rest}`;
  const example = format === undefined && values === undefined ? exampleOf(trail) : '';
  const must = `must be ${expected(shape)}${example}`;
  if (value.kind !== 'scalar' || value.value !== null) {
    const now = nowIs(value, shape);
    return {
      rule: SCHEMA,
      message: message(`${must}; ${now}`),
      place: trail.section === undefined ? blamed(value, key) : placeOf(value),
    };
  }
  const rest = `is empty. It ${must}: give it one, or remove ${lastKey(trail) ?? 'it'}.`;
  return { rule: SCHEMA, message: message(rest), place: key };
}

/** A block that is most of a file is named by its key. */
function blamed(value: Value, key: Place): Place {
  return value.kind === 'scalar' || value.flow ? placeOf(value) : key;
}

/** What stands there, and where a pair of quotes or a unit would make it right, that. */
function nowIs(value: Value, shape: Shape): string {
  if (value.kind === 'map') return 'this is a mapping.';
  if (value.kind === 'seq') return 'this is a list.';
  if (typeof value.value === 'string') return textIs(value, shape.kinds);
  const kind = typeof value.value === 'number' ? 'a number' : 'not text';
  if (hidden(value)) return `this is ${kind}.`;
  return `${value.text} is ${kind}.${quotesAdvice(value.text, shape)}`;
}

function quotesAdvice(text: string, { kinds, format }: Shape): string {
  if (format === 'duration') return ` Give it a unit: ${text}s for seconds.`;
  if (format === 'bytes') return ` Give it a unit, such as ${text}m.`;
  return (kinds & TEXT) !== 0 && format === undefined ? ` Put it in quotes: "${text}".` : '';
}

/** Where a list or a mapping is wanted, what stands there may be a variable with its secret. */
function textIs(scalar: Scalar, kinds: number): string {
  return (kinds & (MAP | LIST)) === 0 ? `${shown(scalar)} is text.` : 'this is text.';
}

/** A text that is none of those that are known. */
export function differs(trail: Trail, scalar: Scalar, values: readonly string[]): Refusal {
  const message = `${pathText(trail)} must be ${either(values)}; ${shown(scalar)} is none of them.`;
  const near = values.find((value) => value.toLowerCase() === scalar.text.toLowerCase());
  const refusal = { rule: SCHEMA, message, place: placeOf(scalar) };
  return near === undefined || scalar.template !== undefined
    ? refusal
    : { ...refusal, rename: { place: placeOf(scalar), to: near } };
}

/** A text or a number that cannot be read as what it has to be. */
export function wrongText(trail: Trail, scalar: Scalar, shape: Shape): Refusal {
  const must = `${pathText(trail)} must be ${limits(shape) ?? patterns.get(lastKey(trail) ?? '') ?? expected(shape)}`;
  return { rule: SCHEMA, message: `${must}${whyNot(scalar, shape)}.`, place: placeOf(scalar) };
}

function whyNot(scalar: Scalar, { format }: Shape): string {
  const reason = format && formats[format].problem(scalar.text);
  const tellable = !hidden(scalar) || format === 'words';
  if (reason !== undefined && reason !== '' && tellable) return `: ${reason}`;
  return tellable ? `; ${shown(scalar)} is not` : '; this is not';
}

function limits({ least, most, kinds, format }: Shape): string | undefined {
  if (format === 'bytes') return undefined;
  const number = (kinds & FRACTION) === 0 ? 'a whole number' : 'a number';
  if (least !== undefined && most !== undefined) return `${number} from ${least} to ${most}`;
  return least === undefined ? undefined : `${number}, at least ${least}`;
}

/** Keys that have to be there; of several, one. */
export function misses(trail: Trail, names: readonly string[], place: Place): Refusal {
  const message = `${pathText(trail)} has no ${names.join(' and no ')}, and Compose needs ${names.length > 1 ? 'one of them' : 'it'}. Add ${names.join(' or ')}.`;
  return { rule: SCHEMA, message, place };
}

export function standsTwice(trail: Trail, scalar: Scalar): Refusal {
  const what = hidden(scalar) ? 'An entry' : scalar.text;
  const message = `${what} stands twice in ${pathText(trail)}, and Compose refuses that. Remove one of them.`;
  return { rule: SCHEMA, message, place: placeOf(scalar) };
}

/** A key that YAML does not read as text. */
export function wrongName({ source, keySpan }: Entry): Refusal {
  const key = source.text.slice(keySpan.start, keySpan.end);
  const message = `YAML does not read ${key} as text, and Compose takes only texts as keys. Put it in quotes: "${key}".`;
  const place = { source, span: keySpan };
  return { rule: INVALID_NAME, message, place, rename: { place, to: `"${key}"` } };
}

/** A key that means nothing here: a name with letters that names cannot have, a slip, or one that belongs elsewhere. */
export function unknownKey(trail: Trail, entry: Entry, shape: Shape): Refusal {
  const place = { source: entry.source, span: entry.keySpan };
  if (shape.other !== undefined && shape.keys.size === 0) {
    const message =
      entry.key === ''
        ? `A name in ${pathText(trail)} is empty. Write one before the colon, or remove the entry.`
        : `"${entry.key}" cannot be a name in ${pathText(trail)}: use letters, digits, dots, dashes and underscores.`;
    return { rule: INVALID_NAME, message, place };
  }
  const { hint, rename } = placementOf(trail, entry.key, shape);
  const message = `${entry.key} is no key of ${container(trail)}.${hint}`;
  const refusal = { rule: UNKNOWN_KEY, message, place };
  return rename === undefined ? refusal : { ...refusal, rename: { place, to: rename } };
}

const CONTAINERS: Readonly<Record<Section, string>> = {
  services: 'a service',
  networks: 'a network',
  volumes: 'a volume',
  secrets: 'a secret',
  configs: 'a config',
  models: 'a model',
};

function container(trail: Trail): string {
  if (trail.path.length > 0 && lastKey(trail) !== undefined && !isEntry(trail))
    return pathText(trail);
  return trail.section === undefined ? 'a Compose file' : CONTAINERS[trail.section];
}

/** The path is that of an entry of a section, such as `networks.front`. */
function isEntry({ section, service, path }: Trail): boolean {
  return section !== undefined && path.length === (service === undefined ? 2 : 0);
}

function exampleOf({ service, path }: Trail): string {
  const key = path.at(-1);
  if (typeof key !== 'string') return '';
  const own = service === undefined ? topExamples : serviceExamples;
  const example = (path.length === 1 ? own.get(key) : undefined) ?? examples.get(key);
  return example === undefined ? '' : `, such as ${example}`;
}

/** What may stand there, to be read behind "must be". */
function expected({ format, values, kinds, items }: Shape): string {
  if (format !== undefined) return formats[format].expected;
  const word = values === undefined ? scalarExpected(kinds) : either(values);
  const list = items?.kinds === TEXT ? 'a list of texts' : 'a list';
  const all = [word, (kinds & MAP) === 0 ? '' : 'a mapping', (kinds & LIST) === 0 ? '' : list];
  return all.filter((part) => part !== '').join(' or ');
}

function scalarExpected(kinds: number): string {
  const number = (kinds & FRACTION) === 0 ? 'a whole number' : 'a number';
  const known = [
    (kinds & TEXT) === 0 ? '' : 'text',
    (kinds & WHOLE) === 0 ? '' : number,
    (kinds & FLAG) === 0 ? '' : 'true or false',
  ];
  return known.filter((part) => part !== '').join(' or ');
}

function either(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length === 1 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

/** What came from a variable may be a secret, and what is long tells nothing. */
function hidden({ template, text }: Scalar): boolean {
  return template !== undefined || text.length > LONGEST_SHOWN || text.includes('\n');
}

function shown(scalar: Scalar): string {
  if (hidden(scalar)) return 'this';
  return typeof scalar.value === 'number' ? scalar.text : `"${scalar.text}"`;
}

function placeOf({ source, span }: Value): Place {
  return { source, span };
}
