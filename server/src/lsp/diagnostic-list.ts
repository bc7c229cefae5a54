/** Findings as the diagnostics that a client is shown: of unchanged blocks they are made once, and moved with them. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { type Severity, severities } from '../core/rule.ts';
import type { Group } from '../engine/groups.ts';
import { allRules, rulePageUrl } from '../rules/registry.ts';

export const SOURCE = 'dockwright';

/**
 * Editors show a thousand problems of a file at most (VS Code drops the rest), so that is what is sent: first what is
 * worst, then what comes first.
 */
const MOST = 1000;

/**
 * Makes lists for one document; what was made for the last list is used again. The list is the same as the last one
 * where it says the same.
 */
export function diagnosticLists(): (groups: readonly Group[]) => Diagnostic[] {
  const known = new WeakMap<object, Diagnostic>();
  let last: Diagnostic[] = [];
  return (groups) => {
    const { room, hidden } = roomFor(groups);
    const diagnostics: Diagnostic[] = [];
    for (const { block, line, raised } of groups) {
      for (const one of raised) {
        const left = room[one.severity];
        if (left === 0) continue;
        room[one.severity] = left - 1;
        let diagnostic = known.get(one);
        if (!diagnostic) known.set(one, (diagnostic = diagnosticOf(one, block)));
        diagnostics.push(moved(diagnostic, line));
      }
    }
    if (hidden > 0) diagnostics.push(notShown(hidden));
    if (!isSame(last, diagnostics)) last = diagnostics;
    return last;
  };
}

/** How many of each severity are shown, and how many of all are not. */
function roomFor(groups: readonly Group[]): {
  readonly room: Record<Severity, number>;
  readonly hidden: number;
} {
  const room: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { raised } of groups) for (const { severity } of raised) room[severity]++;
  let left = MOST;
  let hidden = 0;
  for (const severity of severities) {
    const shown = Math.min(room[severity], left);
    hidden += room[severity] - shown;
    room[severity] = shown;
    left -= shown;
  }
  return { room, hidden };
}

const levels: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const ruleIds: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));

/** Whether a finding's id names a rule, with a page and a name to ignore it by; syntax errors have none. */
export function isRule(id: string): boolean {
  return ruleIds.has(id);
}

/** With lines counted from the start of its block. */
function diagnosticOf(
  { rule, severity, message, span }: Group['raised'][number],
  block: Group['block'],
): Diagnostic {
  return {
    range: block.lines().rangeOf(span),
    severity: levels[severity],
    code: rule,
    ...(isRule(rule) && { codeDescription: { href: rulePageUrl(rule) } }),
    source: SOURCE,
    message,
  };
}

function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  if (by === 0) return diagnostic;
  const { start, end } = diagnostic.range;
  const range = {
    start: { line: start.line + by, character: start.character },
    end: { line: end.line + by, character: end.character },
  };
  return { ...diagnostic, range };
}

function notShown(count: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: `${count} more problems of this file are not shown. \`dockwright check\` lists them all.`,
  };
}

function isSame(last: readonly Diagnostic[], now: readonly Diagnostic[]): boolean {
  if (last.length !== now.length) return false;
  return now.every((one, index) => {
    const before = last[index];
    return before !== undefined && (before === one || isEqual(before, one));
  });
}

function isEqual(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.range.start.line === b.range.start.line &&
    a.range.start.character === b.range.start.character &&
    a.range.end.line === b.range.end.line &&
    a.range.end.character === b.range.end.character &&
    a.severity === b.severity &&
    a.code === b.code &&
    a.message === b.message
  );
}
