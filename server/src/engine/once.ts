/** What is written once and counts in many services is told once, with the names of the services. */
import type { Raised } from './run.ts';

/** Findings of one source, sorted. Those of one rule at one place that differ by their service alone become the first of them. */
export function onceEach(raised: readonly Raised[]): readonly Raised[] {
  if (!raised.some((one, index) => isTogether(one, raised[index - 1]))) return raised;
  const kept: Raised[] = [];
  for (let start = 0; start < raised.length;) {
    let end = start + 1;
    while (end < raised.length && isTogether(raised[end], raised[start])) end++;
    const cluster = raised.slice(start, end);
    kept.push(...(cluster.length > 1 ? merged(cluster) : cluster));
    start = end;
  }
  return kept;
}

function isTogether(a: Raised | undefined, b: Raised | undefined): boolean {
  return (
    a !== undefined &&
    a.rule === b?.rule &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end
  );
}

/** All of one rule at one place: those that say the same of several services as one. */
function merged(cluster: readonly Raised[]): readonly Raised[] {
  const alike = new Map<string, Raised[]>();
  for (const one of cluster) {
    const key = one.service === undefined ? one.message : anonymous(one.message, one.service);
    const known = alike.get(key);
    if (known) known.push(one);
    else alike.set(key, [one]);
  }
  return [...alike.values()].flatMap(withNames);
}

/** A message without the name of its service, which may be part of other words. Regular expressions would cost a keystroke. */
function anonymous(message: string, service: string): string {
  if (service === '') return message;
  let text = '';
  let done = 0;
  for (let at = message.indexOf(service); at >= 0; at = message.indexOf(service, at + 1)) {
    const end = at + service.length;
    if (at < done || isPartOfName(message, at - 1) || isPartOfName(message, end)) continue;
    text += `${message.slice(done, at)}\0`;
    done = end;
  }
  return text + message.slice(done);
}

function isPartOfName(message: string, at: number): boolean {
  const code = message.charCodeAt(at);
  const isDigit = code >= 48 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isDigit || isLetter || code === HYPHEN || code === UNDERSCORE;
}

const HYPHEN = 45;
const UNDERSCORE = 95;

function withNames(list: readonly Raised[]): readonly Raised[] {
  const [first] = list;
  const names = [...new Set(list.flatMap(({ service }) => service ?? []))];
  // The same of the same service, twice: its rule has reasons for it.
  if (!first || names.length < list.length) return list;
  const others = names.filter((name) => name !== first.service);
  return [others.length === 0 ? first : { ...first, message: `${first.message} ${also(others)}` }];
}

/** More names than these are counted. */
const MOST_NAMED = 3;

function also(names: readonly string[]): string {
  const named = names.length > MOST_NAMED ? names.slice(0, MOST_NAMED - 1) : names;
  const rest = names.length - named.length;
  const words = [...named, ...(rest > 0 ? [`${rest} more`] : [])];
  const last = words.at(-1) ?? '';
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
  return `The same goes for ${names.length > 1 ? 'services' : 'service'} ${list}.`;
}
