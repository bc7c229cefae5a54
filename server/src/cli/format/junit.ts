/** JUnit XML: a test suite per file; a finding fails its test where it makes the run fail, and is told otherwise. */
import { errorText, shownPath } from '../input.ts';
import { isAtLeast, type Threshold } from '../options.ts';
import type { PlacedFinding } from '../placed.ts';
import type { FileReport, Format, FormatContext } from './format.ts';

export function junitFormat({ cwd, failOn }: FormatContext): Format {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dockwright">\n',
    file: (report) => suiteOf(report, failOn),
    separator: '',
    end: ({ errors }) => {
      const suites = errors.map((error) => {
        const name = xml(shownPath(cwd, error.path));
        const text = xml(errorText(error));
        return (
          `  <testsuite name="${name}" tests="1" failures="0" errors="1">\n` +
          `    <testcase classname="${name}" name="can be read"><error message="${text}"/></testcase>\n` +
          '  </testsuite>\n'
        );
      });
      return `${suites.join('')}</testsuites>\n`;
    },
  };
}

function suiteOf({ file, findings }: FileReport, failOn: Threshold): string {
  const failures = findings.filter(({ severity }) => isAtLeast(severity, failOn)).length;
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${xml(file)}" name="no findings"/>\n`]
      : findings.map((finding) => testCase(finding, failOn));
  const head = `name="${xml(file)}" tests="${cases.length}" failures="${failures}" errors="0"`;
  return `  <testsuite ${head}>\n${cases.join('')}  </testsuite>\n`;
}

function testCase(
  { rule, severity, message, file, range, docs }: PlacedFinding,
  failOn: Threshold,
): string {
  const place = `${range.start.line + 1}:${range.start.character + 1}`;
  const text = xml(`${file}:${place} ${severity}: ${message}\n${docs}`);
  const result = isAtLeast(severity, failOn)
    ? `<failure type="${xml(rule)}" message="${xml(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  const name = xml(`${rule} (${place})`);
  return `    <testcase classname="${xml(file)}" name="${name}">${result}</testcase>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** For text and attributes; characters that XML cannot hold at all become U+FFFD. */
function xml(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML forbids exactly these
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu, '\uFFFD')
      .replace(/[&<>"\n\r\t]/g, (character) => entities[character] ?? character)
  );
}
