/** Sizes in bytes as Compose reads them. */

const SIZE = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i;

/** Bytes; units are powers of 1024 however they are spelled. Undefined where Compose cannot read it. */
export function parseSize(text: string): number | undefined {
  const match = SIZE.exec(text);
  if (!match) return undefined;
  const power = ' kmgtp'.indexOf((match[2] ?? '').toLowerCase() || ' ');
  return Math.trunc(Number(match[1]) * 1024 ** power);
}
