/** Keys that YAML does not read as texts. */
import type { Entry } from '../value.ts';

const NUMBER =
  /^[-+]?(0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d_]*(\.[\d_]*)?(e[-+]?\d+)?|\.\d+(e[-+]?\d+)?)$/i;

const DATE = /^\d{4}-\d\d-\d\d$/;

const WORD = /^(true|True|TRUE|false|False|FALSE|null|Null|NULL|~)$/;

/** Whether a key is written without quotes and is a number, a date, true, false or null: Compose refuses it. */
export function isNoText({ source, keySpan }: Entry): boolean {
  const written = source.text.slice(keySpan.start, keySpan.end);
  return NUMBER.test(written) || WORD.test(written) || DATE.test(written);
}
