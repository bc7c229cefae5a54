/** What a container is told when it starts: its words and its variables. */
import type { Place } from '../core/source.ts';
import { environmentOf, type Given, textsAt } from './canonical/read.ts';
import type { MapValue } from './value.ts';

/** A variable with a value that is known. */
export interface Told {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** Of the service itself and of its env files. */
export function variablesOf(canonical: MapValue): readonly Told[] {
  return environmentOf(canonical).flatMap(({ name, value }) =>
    value?.value === undefined ? [] : [{ name, value: value.value, place: value.place }],
  );
}

export interface Words {
  /** Entrypoint and command, with a space between two words. */
  readonly text: string;
  /** Where the word is written that holds this offset of the text. */
  readonly placeAt: (offset: number) => Place;
}

/** Undefined where neither is given, or a word is known to the environment alone. */
export function wordsOf(canonical: MapValue): Words | undefined {
  const words = [...textsAt(canonical, 'entrypoint'), ...textsAt(canonical, 'command')];
  if (words.length === 0 || words.some(({ value }) => value === undefined)) return undefined;
  return {
    text: words.map(({ value }) => value).join(' '),
    placeAt: (offset) => placeIn(words, offset),
  };
}

function placeIn(words: readonly Given<string>[], offset: number): Place {
  let end = 0;
  for (const { value = '', place } of words) {
    end += value.length + 1;
    if (offset < end) return place;
  }
  throw new RangeError(`Offset ${offset} is behind the last word.`);
}
