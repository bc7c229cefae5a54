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
  const counted = new WeakMap<readonly object[], Counts>();
  const countsIn = ({ raised }: Group): Counts => {
    const found = counted.get(raised) ?? countsOf(raised);
    counted.set(raised, found);
    return found;
  };
  const made = (one: Group['raised'][number], block: Group['block']): Diagnostic => {
    const diagnostic = known.get(one) ?? diagnosticOf(one, block);
    known.set(one, diagnostic);
    return diagnostic;
  };
  let last: Diagnostic[] = [];
  return (groups) => {
    const counts = groups.map(countsIn);
    const { room, hidden } = roomFor(counts);
    const diagnostics: Diagnostic[] = [];
    groups.forEach(({ block, line, raised }, index) => {
      if (!isWanted(room, counts[index])) return;
      for (const one of raised) {
        if (room[one.severity] === 0) continue;
        room[one.severity]--;
        diagnostics.push(moved(made(one, block), line));
      }
    });
    if (hidden > 0) diagnostics.push(notShown(hidden));
    if (!isSame(last, diagnostics)) last = diagnostics;
    return last;
  };
}

type Counts = Readonly<Record<Severity, number>>;

function countsOf(raised: Group['raised']): Counts {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of raised) counts[severity]++;
  return counts;
}

const isWanted = (room: Counts, counts: Counts | undefined): boolean =>
  counts !== undefined && severities.some((severity) => room[severity] > 0 && counts[severity] > 0);

/** How many of each severity are shown, and how many of all are not. */
function roomFor(all: readonly Counts[]): {
  readonly room: Record<Severity, number>;
  readonly hidden: number;
} {
  const room: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const counts of all) for (const severity of severities) room[severity] += counts[severity];
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
