/** What to say, and to offer, where a name leads nowhere. */
import { nearest } from '../../core/nearest.ts';
import type { Rename } from '../refusal.ts';
import type { Named } from './values.ts';

const MOST_LISTED = 6;

/** Among names of a letter or two, the nearest says nothing. */
const SHORTEST = 3;

/** Above so many names only those are looked at that one change leads to, which takes no time to tell. */
const MANY = 200;

/** Names that exist. */
export interface KnownNames {
  readonly has: (name: string) => boolean;
  /** The one that was probably meant; looked for once for each name. */
  readonly near: (name: string) => string | undefined;
  readonly all: readonly string[];
}

export function knownNames(names: Iterable<string>): KnownNames {
  const known = new Set(names);
  const found = new Map<string, string | undefined>();
  const all = [...known];
  return {
    has: (name) => known.has(name),
    near: (name) => {
      if (!found.has(name)) found.set(name, nearestOf(name, all));
      return found.get(name);
    },
    all,
  };
}

export interface Suggestion {
  /** A sentence that starts with a space: the nearest name, or all there are. */
  readonly hint: string;
  readonly rename?: Rename;
}

/** What may have been meant; `self` is never it. */
export function suggestionFor(named: Named, known: KnownNames, self?: string): Suggestion {
  const near = known.near(named.name);
  if (near === undefined || near === self) {
    return { hint: listed(known.all.filter((name) => name !== self)) };
  }
  const rename = named.rewritable ? renamed(named, near) : undefined;
  return { hint: ` Did you mean ${near}?`, ...(rename && { rename }) };
}

function nearestOf(name: string, names: readonly string[]): string | undefined {
  if (name.length < SHORTEST) return undefined;
  return nearest(
    name,
    names.length > MANY ? names.filter((other) => isOneChange(name, other)) : names,
  );
}

/** One letter more, less or other, or two neighbours swapped. */
function isOneChange(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (text: string, from: number): string => text.slice(start + from);
  const swapped =
    rest(a, 2) === rest(b, 2) && a[start] === b[start + 1] && a[start + 1] === b[start];
  return (
    swapped || rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)
  );
}

/** A source with a slash in it is a path, and was taken for a volume because of how it begins, or of its type. */
export function pathSuggestion(named: Named): Suggestion {
  if (named.text === named.name) return { hint: ' A path needs type: bind.' };
  const rename = named.rewritable ? renamed(named, `./${named.name}`) : undefined;
  return {
    hint: ` A path begins with ./ or /. Did you mean ./${named.name}?`,
    ...(rename && { rename }),
  };
}

function listed(names: readonly string[]): string {
  if (names.length === 0 || names.length > MOST_LISTED) return '';
  return ` There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`;
}

/** The text with another name in it, in the quotes that it has. */
function renamed({ name, text, place }: Named, to: string): Rename | undefined {
  const { source, span } = place;
  const written = source.text.slice(span.start, span.end);
  const [quote] = /^["']/.exec(written) ?? [''];
  // Whatever is written there by other means (escapes, blocks, a short form made long) is left alone.
  if (written !== `${quote}${text}${quote}`) return undefined;
  return { place, to: `${quote}${text.replace(name, () => to)}${quote}` };
}
