// What becomes of many measurements: medians, quantiles, and numbers short enough to read.

/** The value below which this share (0 to 1) of the values lies, interpolated; null where there are none. */
export function quantile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** The middle value; null where there are none. */
export const median = (values) => quantile(values, 0.5);

/** Records of the same numbers → one record of { median, min, max }; what is no number in a record is passed over. */
export function spreadOf(records) {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = records.map((record) => record[name]).filter(Number.isFinite);
      if (values.length === 0) return [];
      return [
        [name, { median: median(values), min: Math.min(...values), max: Math.max(...values) }],
      ];
    }),
  );
}

/** Three significant digits, and a dash for what was not measured. */
export function short(value) {
  if (value === null || value === undefined) return '–';
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
