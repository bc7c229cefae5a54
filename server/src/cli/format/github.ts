/** Workflow commands of GitHub Actions, which become annotations on the changed lines. */
import type { Severity } from '../../core/rule.ts';
import { errorText, shownPath } from '../input.ts';
import type { PlacedFinding } from '../placed.ts';
import type { Format, FormatContext } from './format.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

export function githubFormat({ cwd }: FormatContext): Format {
  return {
    begin: () => '',
    file: ({ findings }) => findings.map(annotation).join(''),
    separator: '',
    end: ({ errors }) =>
      errors
        .map((error) => command('error', { file: shownPath(cwd, error.path) }, errorText(error)))
        .join(''),
  };
}

function annotation({ severity, file, range, rule, message }: PlacedFinding): string {
  const { start, end } = range;
  const oneLine = start.line === end.line;
  return command(
    levels[severity],
    {
      file,
      line: start.line + 1,
      // GitHub refuses columns where an annotation goes over several lines; its last column is the last character.
      ...(oneLine && {
        col: start.character + 1,
        endColumn: Math.max(end.character, start.character + 1),
      }),
      endLine: end.line + 1,
      title: rule,
    },
    message,
  );
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(
    ([key, value]) => `${key}=${property(String(value))}`,
  );
  return `::${name} ${list.join(',')}::${data(message)}\n`;
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
