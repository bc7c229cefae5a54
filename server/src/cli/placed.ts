/** Findings as they leave the command line: with names, lines and columns instead of offsets. */
import type { Fix, Safety } from '../core/edit.ts';
import type { Finding } from '../core/finding.ts';
import type { Severity } from '../core/rule.ts';
import { linesOf, type Lines, type Range } from '../core/span.ts';
import { fixFor } from '../engine/fix.ts';
import type { FileFacts, PlacedEdit } from '../project/files.ts';
import { allRules, rulePageUrl } from '../rules/registry.ts';
import { shownPath } from './input.ts';

export interface PlacedFix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly PlacedEdit[];
}

export interface PlacedFinding {
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  /** As shown to people and machines: relative to the current folder where it is inside. */
  readonly file: string;
  readonly range: Range;
  readonly service?: string;
  /** Its own one first, then those that fix other services as well; placed when asked for. */
  readonly fixes: readonly PlacedFix[];
  /** What `dockwright fix` would do about it. */
  readonly fixable: Safety | undefined;
  /** Address of the rule's page. */
  readonly docs: string;
  /** The line that it starts on, without its end. */
  readonly line: string;
}

const aliasesOf = new Map(allRules.map(({ id, meta }) => [id, meta.aliases]));

/** Where findings stand. */
interface Place {
  readonly path: string;
  readonly text: string;
  readonly cwd: string;
  readonly facts: FileFacts;
}

export function placeFindings(
  findings: readonly Finding[],
  place: Place,
): readonly PlacedFinding[] {
  if (findings.length === 0) return [];
  const lines = linesOf(place.text);
  const file = shownPath(place.cwd, place.path);
  return findings.map((finding) => {
    const { rule, severity, message, span, service } = finding;
    const range = lines.rangeOf(span);
    return {
      rule,
      aliases: aliasesOf.get(rule) ?? [],
      severity,
      message,
      file,
      range,
      ...(service !== undefined && { service }),
      get fixes() {
        return fixesOf(finding).map((fix) => placeFix(fix, lines, place));
      },
      fixable: fixFor(finding)?.safety,
      docs: rulePageUrl(rule),
      line: lineOf(place.text, lines, range.start.line),
    };
  });
}

const fixesOf = ({ fix, alternatives = [] }: Finding): readonly Fix[] => [
  ...(fix ? [fix] : []),
  ...alternatives,
];

function placeFix({ title, safety, edits }: Fix, lines: Lines, place: Place): PlacedFix {
  return {
    title,
    safety,
    edits: edits.map(({ span, newText, file }) => ({
      file: shownPath(place.cwd, file ?? place.path),
      range: (file === undefined ? lines : linesOf(place.facts.readText(file) ?? '')).rangeOf(span),
      newText,
    })),
  };
}

function lineOf(text: string, lines: Lines, line: number): string {
  return text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/[\r\n]+$/, '');
}
