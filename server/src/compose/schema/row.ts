/** One row of the schema's table; numbers in it are those of other rows. */
import type { Format } from './formats.ts';

export interface Row {
  /** Bits of the kinds of value: text 1, whole number 2, fraction 4, true or false 8, null 16, mapping 32, list 64. */
  readonly k: number;
  readonly keys?: Readonly<Record<string, number>>;
  readonly other?: readonly [name: string, row: number];
  readonly closed?: true;
  readonly x?: true;
  readonly required?: readonly string[];
  readonly oneOf?: readonly string[];
  readonly items?: number;
  readonly unique?: true;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly least?: number;
  readonly most?: number;
  readonly format?: Format;
}
