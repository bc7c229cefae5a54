/** JSON for programs; docs/schema/findings.schema.json is its contract. */
import { errorText, shownPath } from '../input.ts';
import type { PlacedFinding } from '../placed.ts';
import type { Format, FormatContext } from './format.ts';

export function jsonFormat({ cwd }: FormatContext): Format {
  return {
    begin: () => '{"version":1,"findings":[',
    file: ({ findings }) =>
      findings.map((finding) => `\n${JSON.stringify(jsonOf(finding))}`).join(','),
    separator: ',',
    end: ({ files, counts, errors }) => {
      const summary = {
        files,
        errors: counts.error,
        warnings: counts.warning,
        infos: counts.info,
        hints: counts.hint,
      };
      const shown = errors.map((error) => ({
        file: shownPath(cwd, error.path),
        message: errorText(error),
      }));
      const tail = shown.length === 0 ? '' : `,\n"errors":${JSON.stringify(shown)}`;
      return `\n],\n"summary":${JSON.stringify(summary)}${tail}}\n`;
    },
  };
}

/** Spelt out, because the order of keys and what is left out are part of the contract. */
function jsonOf(finding: PlacedFinding): object {
  const { rule, aliases, severity, message, file, range, service, fixes, docs } = finding;
  return {
    rule,
    aliases,
    severity,
    message,
    file,
    range,
    ...(service !== undefined && { service }),
    fixes,
    docs,
  };
}
