/** Sizes and CPU shares as Compose writes them. */

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
};

/** Bytes of a Compose size (`512M`, `2gb`, `1.5g`, `1073741824`); undefined for anything else. */
export function bytesOf(size: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(size.trim());
  const unit = UNITS[(match?.[2] ?? '').toLowerCase() || 'b'];
  return match && unit !== undefined ? Math.floor(Number(match[1]) * unit) : undefined;
}

/** The shortest whole spelling of a number of bytes: `512M`, `2G`. */
export function sizeOf(bytes: number): string {
  for (const [suffix, unit] of [
    ['G', 1024 ** 3],
    ['M', 1024 ** 2],
    ['K', 1024],
  ] as const) {
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit}${suffix}`;
  }
  return String(bytes);
}

/** Docker reserves no less: "Minimum memory reservation allowed is 6MB". */
const LEAST_RESERVATION = 6 * 1024 ** 2;

/** A part of a size, in percent; undefined where it is no size, or less than Docker can reserve. */
export function partOfSize(size: string, percent: number): string | undefined {
  const bytes = bytesOf(size);
  if (bytes === undefined || bytes < LEAST_RESERVATION) return undefined;
  return sizeOf(Math.max(LEAST_RESERVATION, Math.floor((bytes * percent) / 100)));
}

/** A part of a number of CPUs, in percent; undefined where it is no such number. */
export function partOfCpus(cpus: string, percent: number): string | undefined {
  const value = Number(cpus);
  if (cpus.trim() === '' || !Number.isFinite(value) || value <= 0) return undefined;
  // Compose counts in billionths; fewer digits are enough, and hide what binary fractions add.
  return String(Number(((value * percent) / 100).toFixed(4)));
}
