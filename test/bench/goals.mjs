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

/** From this share of the machine on, what others did meanwhile decides about times. */
const LOUD_PERCENT = 25;

/** A line on how much of the machine others used, in percent, in the measurement that they disturbed most. */
export function noiseNote(percents) {
  const most = Math.max(0, ...percents.filter(isNumber));
  return most < LOUD_PERCENT
    ? `Others used ${short(most)} % of the machine at most.`
    : `**Others used up to ${short(most)} % of the machine: only CPU and memory can be compared. Repeat with --quiet 20.**`;
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
