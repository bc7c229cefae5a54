/** How Go prints what YAML reads as a number, a date or a boolean: that is the text Compose hands on. */
import type { Scalar } from '../value.ts';

/** The text that Compose makes of a scalar where it wants a string; empty for null. */
export function textOf(scalar: Scalar): string {
  const { value } = scalar;
  if (value === null) return '';
  if (scalar.style !== 'plain' || scalar.template !== undefined)
    return typeof value === 'string' ? value : scalar.text;
  return typeof value === 'string' ? dated(value) : literal(scalar.text, value);
}

function literal(text: string, value: number | boolean): string {
  if (typeof value === 'boolean' || (Number.isSafeInteger(value) && String(value) === text))
    return String(value);
  return integer(text) ?? float(value);
}

/** The digits of a number that is written as a whole one; undefined for `1.0` and `1e3`, which Go keeps apart. */
export function integerOf({ value, text }: Scalar): string | undefined {
  return typeof value === 'number' ? integer(text) : undefined;
}

/** YAML 1.1 writes numbers with underscores, and octal ones with a bare zero; Compose reads both. */
const INTEGER = /^([-+]?)(0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+|[0-9][0-9_]*)$/i;

const LARGEST = 18446744073709551615n;

function integer(text: string): string | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const digits = (match[2] ?? '').replaceAll('_', '');
  const read = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (read > LARGEST) return float(Number(read));
  return match[1] === '-' && read !== 0n ? `-${read}` : String(read);
}

/** The shortest digits, with an exponent from a million on and below a ten-thousandth. */
function float(value: number): string {
  if (!Number.isFinite(value)) return endless(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function endless(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

const UNDERSCORED_FLOAT = /^[-+]?[0-9][0-9_]*\.[0-9_]*(?:e[-+]?[0-9]+)?$/i;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|\s+)(.*))?$/;
const CLOCK = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?(Z|[-+]\d{2}:\d{2})?$/;

/** A plain text that YAML 1.2 takes for a string, and Compose's reader for a number or a date. */
function dated(text: string): string {
  if (!isNumeric(text)) return text;
  if (text.includes('_') || /^[-+]?0/.test(text)) {
    if (INTEGER.test(text)) return integer(text) ?? text;
    if (UNDERSCORED_FLOAT.test(text)) return float(Number(text.replaceAll('_', '')));
  }
  const parts = date(text);
  if (!parts) return text;
  const offset = parts.offset?.replace(':', '');
  return `${parts.day} ${parts.clock} ${offset === undefined ? '+0000 UTC' : `${offset} ${offset}`}`;
}

/** Begins as a number or a date may. */
function isNumeric(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || first === 43 || first === 45;
}

interface Moment {
  readonly day: string;
  readonly clock: string;
  /** Undefined for UTC. */
  readonly offset: string | undefined;
}

function date(text: string): Moment | undefined {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const day = found.slice(1, 4).map(twoDigits).join('-');
  const time = CLOCK.exec(found[4] ?? '0:0:0');
  if (!time) return undefined;
  const fraction = time[4]?.replace(/\.?0+$/, '') ?? '';
  const clock = `${time.slice(1, 4).map(twoDigits).join(':')}${fraction}`;
  return { day, clock, offset: time[5] === 'Z' ? undefined : time[5] };
}

const twoDigits = (part: string): string => part.padStart(2, '0');

/** What Compose prints where it keeps a value as it is: a number is a number, and a date one with its hours. */
export function looseValue(scalar: Scalar): Scalar['value'] {
  const { value, style, template } = scalar;
  if (style !== 'plain' || template !== undefined || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number(textOf(scalar));
  if (value === null || !isNumeric(value)) return value;
  const parts = date(value);
  if (parts) return `${parts.day}T${parts.clock}${parts.offset ?? 'Z'}`;
  const read = textOf(scalar);
  return read === value ? value : Number(read);
}

/** The shortest number that is the same in single precision, which is how Compose keeps shares of a processor. */
export function single(value: number): number {
  const near = Math.fround(value);
  if (near === value) return value;
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(near.toPrecision(digits));
    if (Math.fround(short) === near) return short;
  }
  return value;
}
