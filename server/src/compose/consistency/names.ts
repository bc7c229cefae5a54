/** What to say, and to offer, where a name leads nowhere. */
import { nearest } from '../../core/nearest.ts';
import type { Rename } from '../refusal.ts';
import type { Named } from './values.ts';

const MOST_LISTED = 6;

export interface Suggestion {
  /** A sentence that starts with a space: the nearest name, or all there are. */
  readonly hint: string;
  readonly rename?: Rename;
}

export function suggestionFor(named: Named, known: Iterable<string>): Suggestion {
  const names = [...known];
  const near = named.name === '' ? undefined : nearest(named.name, names);
  if (near === undefined) return { hint: listed(names) };
  const rename = named.rewritable ? renamed(named, near) : undefined;
  return { hint: ` Did you mean ${near}?`, ...(rename && { rename }) };
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
