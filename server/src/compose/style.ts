/** How a Compose file is written, so that what is added looks like the rest of it. */
import { eolOf } from '../core/span.ts';

export interface Style {
  readonly eol: '\n' | '\r\n';
  /** The number of spaces that the file indents by. */
  readonly unit: number;
  /** The quote that the file uses more; double where it uses neither. */
  readonly quote: '"' | "'";
  /** The file is JSON, so keys and words have to stay in double quotes. */
  readonly json: boolean;
}

/** Read off once a file: every fix asks for it. */
export function styleOf(text: string): Style {
  return {
    eol: eolOf(text),
    unit: unitOf(text),
    quote: quoteOf(text),
    json: /^\s*\{\s*"/.test(text),
  };
}

/** Read off the first indented key below `services`; 2 where there is none. */
function unitOf(text: string): number {
  const match = /^services[ \t]*:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)[^\s#]/m.exec(
    text.slice(0, SAMPLE),
  );
  return match?.[1]?.length ?? 2;
}

/** In UTF-16 code units: how much of a file says how it is written. */
const SAMPLE = 20_000;

function quoteOf(text: string): '"' | "'" {
  const head = text.slice(0, SAMPLE);
  const single = head.match(/[:[,-] *'/g)?.length ?? 0;
  const double = head.match(/[:[,-] *"/g)?.length ?? 0;
  return single > double ? "'" : '"';
}
