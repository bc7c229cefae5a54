/** The shapes of single values: texts, switches, numbers, sizes and durations. */
import type { Scalar, Value } from '../value.ts';
import { parseDuration, printDuration } from './duration.ts';
import { integerOf, single, textOf } from './go-text.ts';
import { replaced } from './paths.ts';
import { refuse, type Scope } from './scope.ts';
import { isNull, type Json, list, listed, printAny, type Shape } from './shape.ts';
import { parseSize } from './size.ts';

type Made = string | number | boolean;

/** `make` gives the value that Compose makes of a scalar, or undefined where it cannot, having said so. */
function scalar(
  make: (scalar: Scalar, scope: Scope) => Made | undefined,
  isZero: (value: Json) => boolean,
): Shape {
  return {
    make: (value, scope) => {
      if (value.kind !== 'scalar' || value.value === null) return value;
      const made = make(value, scope);
      return made === undefined || made === value.value ? value : replaced(value, made);
    },
    print: printAny,
    isZero: (value) => isNull(value) || (value.kind === 'scalar' && isZero(value.value)),
  };
}

export const text = scalar(textOf, (value) => value === '');

const SWITCHES: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  on: true,
  false: false,
  no: false,
  n: false,
  off: false,
};

export const flag = scalar(
  (value, scope) => {
    if (typeof value.value === 'boolean') return value.value;
    const read = SWITCHES[textOf(value).toLowerCase()];
    if (read === undefined)
      refuse(scope, value, `Expected true or false here, not "${textOf(value)}".`);
    return read;
  },
  (value) => value === false,
);

/** Whole numbers: Compose cuts off what stands behind the point of a number, and refuses it in a text. */
export const whole = scalar(
  (value, scope) => {
    if (typeof value.value === 'number') {
      const read = Number(textOf(value));
      return Math.trunc(Number.isNaN(read) ? value.value : read);
    }
    const read = textOf(value);
    if (/^[-+]?\d+$/.test(read)) return Number(read);
    refuse(scope, value, `Expected a whole number here, such as 3, not "${read}".`);
    return undefined;
  },
  (value) => value === 0,
);

export const decimal = scalar(
  (value, scope) => {
    const read = typeof value.value === 'number' ? value.value : numberOf(textOf(value));
    if (read === undefined)
      refuse(scope, value, `Expected a number here, such as 0.5, not "${textOf(value)}".`);
    return read === undefined ? undefined : single(read);
  },
  (value) => value === 0,
);

const numberOf = (written: string): number | undefined =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(written) ? Number(written) : undefined;

/** Sizes become texts that hold bytes. A number with a point or an exponent counts as none, as it does in Compose. */
export const size = scalar(
  (value, scope) => {
    if (typeof value.value === 'number') return integerOf(value) ?? '0';
    const read = parseSize(textOf(value));
    if (read === undefined)
      refuse(
        scope,
        value,
        `Expected a size here, such as 512m or 1.5g, not "${textOf(value)}". Without a unit it counts bytes.`,
      );
    return read === undefined ? undefined : String(read);
  },
  (value) => value === '0',
);

export const duration = scalar(
  (value, scope) => {
    const written = textOf(value);
    const read = parseDuration(written);
    if (read === undefined)
      refuse(
        scope,
        value,
        `Expected a duration with units here, such as 30s, 1m30s or 500ms, not "${written}".`,
      );
    return read === undefined ? undefined : printDuration(read);
  },
  (value) => value === '0s',
);

export const texts = list(text);

/** A list of texts, or one text in its place. */
export const textOrTexts: Shape = {
  ...texts,
  make: (value, scope) =>
    value.kind === 'scalar' && !isNull(value)
      ? texts.make(listOf(value), scope)
      : texts.make(value, scope),
};

/** A list in the place of its only item. */
export const listOf = (value: Value): Value =>
  listed([{ value, own: true, steps: [] }], value, (item) => [item]);
