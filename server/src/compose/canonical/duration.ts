/** Durations as Compose reads and prints them. */

const NANO: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

/** What nearly all durations are. */
const SIMPLE = /^(\d{1,5})(ms|s|m|h)$/;

const WHOLE = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** The longest that fits: about 292 years. */
const LONGEST = 9.223372036854775e18;

/** Nanoseconds; undefined where Compose cannot read it. */
export function parseDuration(text: string): number | undefined {
  const simple = SIMPLE.exec(text);
  if (simple) return nanoseconds(simple);
  if (/^[-+]?0$/.test(text)) return 0;
  if (!WHOLE.test(text)) return undefined;
  let sum = 0;
  for (const part of text.matchAll(PART)) sum += nanoseconds(part);
  if (sum > LONGEST) return undefined;
  return text.startsWith('-') ? -sum : sum;
}

/** Of an amount and its unit. */
const nanoseconds = ([, amount = '', unit = '']: readonly string[]): number =>
  Math.round(Number(amount) * (NANO[unit] ?? 0));

/** `1m30s`, `500ms`, `1h0m0s`: as `docker compose config` prints it. */
export function printDuration(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  const sign = nanoseconds < 0 ? '-' : '';
  if (size === 0) return '0s';
  if (size < 1e3) return `${sign}${size}ns`;
  if (size < 1e6) return `${sign}${size / 1e3}µs`;
  if (size < 1e9) return `${sign}${size / 1e6}ms`;
  const minutes = Math.floor(size / 6e10);
  const rest = size - minutes * 6e10;
  const whole = Math.floor(rest / 1e9);
  const fraction = String(Math.round(rest - whole * 1e9))
    .padStart(9, '0')
    .replace(/0+$/, '');
  const seconds = fraction === '' ? `${whole}s` : `${whole}.${fraction}s`;
  if (minutes === 0) return `${sign}${seconds}`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}
