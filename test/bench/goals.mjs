// Goals as rows of a table: what we took, what it is measured by, and whether that is enough.
import { short, table } from './statistics.mjs';

/**
 * Judges one goal: `value` must be at most `times` × `reference`, or at most `limit`. A value that could not be measured
 * (null, undefined) makes it "not measured", which is no success.
 */
export function judge({ goal, value, limit, reference, times }) {
  const most = limit ?? (isNumber(reference) ? times * reference : undefined);
  const row = { goal, value, most, ratio: isNumber(reference) ? value / reference : undefined };
  if (!isNumber(value) || !isNumber(most))
    return { ...row, ratio: undefined, verdict: 'not measured' };
  return { ...row, verdict: value <= most ? 'met' : '**missed**' };
}

const isNumber = (value) => Number.isFinite(value);

/** The goals as Markdown, with a last line that counts them. */
export function goalTable(judged) {
  const rows = judged.map(({ goal, value, most, ratio, verdict }) => [
    goal,
    short(value),
    short(most),
    ratio === undefined ? '–' : `${short(ratio)} ×`,
    verdict,
  ]);
  const count = (word) => judged.filter(({ verdict }) => verdict.includes(word)).length;
  const counted = `${count('met')} met, ${count('missed')} missed, ${count('not measured')} not measured.`;
  return `${table(['goal', 'ours', 'at most', 'ours ÷ reference', ''], rows)}\n\n${counted}`;
}
