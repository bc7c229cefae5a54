/** `source:target:options`, cut as Compose cuts it: a single letter before a colon is a Windows drive. */

interface ShortMount {
  /** The part before the target; undefined where there is only a target. */
  readonly source: string | undefined;
  readonly target: string;
  /** From the colon behind the target to the end. */
  readonly rest: string;
}

/** The first two parts; what is wrong with them is not judged here. */
export function shortMount(text: string): ShortMount {
  if (text.length <= 2) return { source: undefined, target: text, rest: '' };
  const first = endOfPart(text, 0);
  if (first === text.length) return { source: undefined, target: text, rest: '' };
  const second = endOfPart(text, first + 1);
  return {
    source: text.slice(0, first),
    target: text.slice(first + 1, second),
    rest: text.slice(second),
  };
}

function endOfPart(text: string, start: number): number {
  const colon = text.indexOf(':', start);
  if (colon === start + 1 && /\p{L}/u.test(text.charAt(start))) {
    const next = text.indexOf(':', colon + 1);
    return next === -1 ? text.length : next;
  }
  return colon === -1 ? text.length : colon;
}

/** Whether a source is a path, and not the name of a volume. */
export function isPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}
