/** A value that takes the rest of its line, as one word that means the same. */
import type { Escape } from './words.ts';

/** An escaped character; single quotes; double quotes; plain text. What is left is a quote that is not closed. */
const partOf = (escape: Escape): RegExp =>
  new RegExp(
    String.raw`E([^])|'([^']*)'|"((?:E[^]|[^"E])*)"|([^'"E]+)|([^])`.replaceAll(
      'E',
      escape === '`' ? '`' : String.raw`\\`,
    ),
    'g',
  );

/**
 * As it is where it is one word already, and in double quotes otherwise. Undefined where that cannot be told: a quote is
 * not closed, or stands in the braces of a variable.
 */
export function requoted(value: string, escape: Escape): string | undefined {
  const parts = Array.from(value.matchAll(partOf(escape)));
  if (parts.some(([, , , , , rest]) => rest !== undefined)) return undefined;
  if (/\$\{[^}]*['"\s]/.test(value)) return undefined;
  if (!parts.some(([, , , , plain]) => plain !== undefined && /\s/.test(plain))) return value;
  const literal = (text: string): string =>
    text.replace(/["$\\`]/g, (one) =>
      (one === '\\' || one === '`' ? one === escape : true) ? escape + one : one,
    );
  const inQuotes = parts.map(
    ([, escaped, single, double, plain]) => double ?? plain ?? literal(escaped ?? single ?? ''),
  );
  // Without the quotes between them, the text would become part of the variable's name.
  const joins = inQuotes.some(
    (part, index) => /\$\w+$/.test(part) && /^\w/.test(inQuotes[index + 1] ?? ''),
  );
  return joins ? undefined : `"${inQuotes.join('')}"`;
}
