/** Commands: lists of words, split as Compose splits a text. */
import type { Item, Scalar } from '../value.ts';
import { textOf } from './go-text.ts';
import { partOf } from './parts.ts';
import { refuse, type Scope } from './scope.ts';
import { listOf, texts } from './scalar-shapes.ts';
import { kept, listed, type Shape } from './shape.ts';
import { splitWords } from './words.ts';

/** An empty command clears the one of the image, so it is printed; no command is null in JSON. */
export const command: Shape = {
  ...kept(texts),
  make: (value, scope) => {
    if (value.kind !== 'scalar' || value.value === null) return texts.make(value, scope);
    return listed(wordsOf(value, scope), value, (item) => [item]);
  },
  absent: (format) => (format === 'json' ? null : undefined),
};

function wordsOf(scalar: Scalar, scope: Scope): readonly Item[] {
  const words = splitWords(textOf(scalar));
  if (!words)
    refuse(
      scope,
      scalar,
      'This command line leaves a quote, a parenthesis or a backslash open, so Compose cannot split it into words. Close it, or write the command as a list.',
    );
  return (words ?? []).map((word) => ({ value: partOf(scalar, word), own: true, steps: [] }));
}

/** A text is a line for the shell of the container. */
export const probe: Shape = {
  ...texts,
  make: (value, scope) => {
    if (value.kind !== 'scalar' || value.value === null) return texts.make(value, scope);
    const shell = { value: partOf(value, 'CMD-SHELL', []), own: true, steps: [] };
    const line = listOf(value);
    return line.kind === 'seq' ? listed([shell, ...line.items], value, (item) => [item]) : line;
  },
};
