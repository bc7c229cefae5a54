/** Findings for people, grouped by file. */
import { severities } from '../../core/rule.ts';
import type { PlacedFinding } from '../placed.ts';
import { counted, paletteOf, printable, type Palette } from '../terminal.ts';
import type { Format, FormatContext, Outcome } from './format.ts';

export function prettyFormat({ colors }: FormatContext): Format {
  const palette = paletteOf(colors);
  return {
    begin: () => '',
    file: ({ file, findings }) =>
      findings.length === 0
        ? ''
        : `${palette.bold(printable(file))}\n${findingLines(findings, palette)}\n`,
    end: (outcome) => `${summary(outcome, palette)}\n`,
  };
}

/** One line per finding, in columns: place, severity, what is wrong, rule. */
export function findingLines(findings: readonly PlacedFinding[], palette: Palette): string {
  const places = findings.map(({ range: { start } }) => `${start.line + 1}:${start.character + 1}`);
  const placeWidth = Math.max(...places.map((place) => place.length));
  const severityWidth = Math.max(...findings.map(({ severity }) => severity.length));
  return findings
    .map(({ severity, message, rule, fixes }, i) => {
      const place = palette.dim((places[i] ?? '').padStart(placeWidth));
      const level = palette.severity[severity](severity.padEnd(severityWidth));
      const mark = fixMark(fixes[0]?.safety, palette);
      return `  ${place}  ${level}  ${printable(message)}  ${palette.dim(rule)}${mark}\n`;
    })
    .join('');
}

function fixMark(safety: 'safe' | 'unsafe' | undefined, { green, dim }: Palette): string {
  if (safety === undefined) return '';
  return safety === 'safe' ? `  ${green('[fixable]')}` : `  ${dim('[fixable with --unsafe]')}`;
}

function summary({ files, counts, fixable, errors }: Outcome, { bold, severity }: Palette): string {
  const where = `in ${counted(files, 'file')}`;
  const unchecked =
    errors.length === 0 ? '' : ` ${counted(errors.length, 'problem')} with the input.`;
  const found = severities.filter((name) => counts[name] > 0);
  if (found.length === 0) return `${bold(`Nothing found ${where}.`)}${unchecked}`;
  const parts = found.map((name) =>
    severity[name](counted(counts[name], name, name === 'info' ? 'info' : `${name}s`)),
  );
  return `${parts.join(', ')} ${where}.${fixableText(fixable)}${unchecked}`;
}

function fixableText({ safe, unsafe }: Outcome['fixable']): string {
  if (safe + unsafe === 0) return '';
  if (unsafe === 0) return ` ${safe} fixable with \`dockwright fix\`.`;
  if (safe === 0) return ` ${unsafe} fixable with \`dockwright fix --unsafe\`.`;
  return ` ${safe} fixable with \`dockwright fix\`, ${unsafe} more with \`--unsafe\`.`;
}
