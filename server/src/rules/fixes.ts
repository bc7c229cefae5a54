/** Fixes that several rules offer, each in its own words. */
import { withoutEntry } from '../compose/lists.ts';
import { boundToHost } from '../compose/published.ts';
import type { RuleFix } from '../core/rule.ts';
import type { Place } from '../core/source.ts';
import type { ServiceSubject } from './subject.ts';

/** Of the service with this name. */
interface Words {
  readonly title: (name: string) => string;
  readonly answer: (name: string) => string;
}

/** Takes a key of the service out, where it is written in the service itself. Somebody may have needed it. */
export function leavingOut(
  key: string,
  { title, answer }: Words,
): RuleFix<ServiceSubject, undefined> {
  return {
    safety: 'unsafe',
    build: (_match, { name, map, file }) => {
      const edit = map && withoutEntry(file, map, key);
      return edit && { title: title(name), edits: [edit], answer: answer(name) };
    },
  };
}

/** Publishes a port on 127.0.0.1 alone; the data of the match is where the port is written. */
export function publishingToHost({ title, answer }: Words): RuleFix<ServiceSubject, Place> {
  return {
    // Whoever reached it from another machine does not any more.
    safety: 'unsafe',
    build: ({ data: place }, { name, map, file }) => {
      const edit = map && boundToHost(file, map, place);
      return edit && { title: title(name), edits: [edit], answer: answer(name) };
    },
  };
}
