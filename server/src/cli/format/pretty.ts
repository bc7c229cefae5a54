/** Findings for people, grouped by file. */
import type { Safety } from '../../core/edit.ts';
import { severities } from '../../core/rule.ts';
import type { PlacedFinding } from '../placed.ts';
import { counted, hanging, paletteOf, printable, type Palette } from '../terminal.ts';
import type { Format, FormatContext, Outcome } from './format.ts';

export function prettyFormat({ colors, columns }: FormatContext): Format {
  const palette = paletteOf(colors);
  return {
    begin: () => '',
    file: ({ file, findings }) =>
      findings.length === 0
        ? ''
        : `${palette.bold(printable(file))}\n${findingLines(findings, palette, columns)}\n`,
    separator: '',
    end: (outcome) => `${summary(outcome, palette)}\n`,
  };
}

/**
 * In columns: place, severity, what is wrong, rule. One line per finding, or as many as it takes where only `columns`
 * characters fit into one.
 */
export function findingLines(
  findings: readonly PlacedFinding[],
  palette: Palette,
  columns: number | undefined,
): string {
  const places = findings.map(({ range: { start } }) => `${start.line + 1}:${start.character + 1}`);
  const placeWidth = Math.max(...places.map((place) => place.length));
  const severityWidth = Math.max(...findings.map(({ severity }) => severity.length));
  const indent = placeWidth + severityWidth + 6;
  return findings
    .map(({ severity, message, rule, fixable }, i) => {
      const place = palette.dim((places[i] ?? '').padStart(placeWidth));
      const level = palette.severity[severity](severity.padEnd(severityWidth));
      const tail = [palette.dim(rule), ...fixMark(fixable, palette)];
      return `  ${place}  ${level}  ${hanging(printable(message), tail, indent, columns)}\n`;
    })
    .join('');
}

/** How a fix of this kind is had; nothing where there is none. */
export function fixMark(safety: Safety | undefined, { green, dim }: Palette): readonly string[] {
  if (safety === undefined) return [];
  return [safety === 'safe' ? green('[fixable]') : dim('[fixable with --unsafe]')];
}

function summary({ files, counts, fixable, errors }: Outcome, { bold, severity }: Palette): string {
  if (files === 0) return bold(nothingChecked(errors.length));
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

/** What to say in place of a result. Each problem was told when it was met, and so was a folder without files. */
export function nothingChecked(problems: number): string {
  if (problems === 0) return 'Nothing was checked: there was no file to check.';
  return `Nothing was checked, because of ${counted(problems, 'problem')} with the input.`;
}

function fixableText({ safe, unsafe }: Outcome['fixable']): string {
  if (safe + unsafe === 0) return '';
  if (unsafe === 0) return ` ${safe} fixable with \`dockwright fix\`.`;
  if (safe === 0) return ` ${unsafe} fixable with \`dockwright fix --unsafe\`.`;
  return ` ${safe} fixable with \`dockwright fix\`, ${unsafe} more with \`--unsafe\`.`;
}
