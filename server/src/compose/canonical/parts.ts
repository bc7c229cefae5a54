/** Takes short forms apart: the parts know where they are written, and which of them only the environment knows. */
import type { Place } from '../../core/source.ts';
import { entryAt, scalarValue } from '../make.ts';
import type { Entry, Item, Scalar, Step } from '../value.ts';
import { textOf } from './go-text.ts';

/** Parts of a scalar between separators, at most `limit` of them. Separators inside of `${…}` do not count. */
export function partsOf(scalar: Scalar, separator: string, limit = Infinity): readonly Scalar[] {
  return piecesOf(scalar, (text) => cutAt(text, separator, limit));
}

/**
 * The pieces that `cut` makes of the text. Where variables are open, the text before they were filled in is cut too,
 * and a piece is open for the variables in its own part of it.
 */
export function piecesOf(
  scalar: Scalar,
  cut: (text: string) => readonly string[],
): readonly Scalar[] {
  const texts = cut(textOf(scalar));
  if (scalar.open.length === 0) return texts.map((text) => partOf(scalar, text, scalar.open));
  const written = scalar.template === undefined ? [] : cut(scalar.template);
  const same = written.length === texts.length;
  return texts.map((text, index) => {
    const template = same ? written[index] : scalar.template;
    const open = scalar.open.filter((name) => template?.includes(name) !== false);
    return partOf(scalar, text, open, template);
  });
}

/** A part of a scalar that stands at the scalar's place. */
export function partOf(
  scalar: Scalar,
  text: string,
  open: readonly string[] = scalar.open,
  template?: string,
): Scalar {
  return scalarValue(scalar, text, {
    style: scalar.style,
    inFlow: scalar.inFlow,
    open,
    template,
  });
}

/** The parts of a text between separators, those inside of `${…}` not counted. */
export function cutAt(text: string, separator: string, limit = Infinity): readonly string[] {
  if (!text.includes('${') && limit === Infinity) return text.split(separator);
  const parts: string[] = [];
  let start = 0;
  const depths = depthOf();
  for (let at = 0; at < text.length && parts.length + 1 < limit; at++) {
    const depth = depths(text, at);
    if (depth > 0 || text.charAt(at) !== separator) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Counts how many `${` are open, character by character. */
export function depthOf(): (text: string, at: number) => number {
  let depth = 0;
  return (text, at) => {
    const character = text.charAt(at);
    if (character === '{' && (depth > 0 || text.charAt(at - 1) === '$')) depth++;
    else if (character === '}' && depth > 0) depth--;
    return depth;
  };
}

/** What an alias brought into a list may not be edited where it counts. */
export const viaOf = ({ own }: Item): Entry['via'] => (own ? 'own' : 'alias');

/** The steps of a value that Compose supplies; `reason` is a sentence that says why. */
export const byDefault = (reason: string): readonly Step[] => [{ kind: 'default', reason }];

/** An entry that Compose supplies for what is written at `place`. */
export const supplied = (
  place: Place,
  key: string,
  value: Scalar['value'],
  steps: readonly Step[],
): Entry => entryAt(place, key, scalarValue(place, value, { style: 'absent' }), steps);
