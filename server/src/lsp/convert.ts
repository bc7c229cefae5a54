/** The one place that knows both vocabularies: the engine's findings and offsets, and the protocol's diagnostics and positions. */
import { DiagnosticSeverity, type Diagnostic, type Position } from 'vscode-languageserver/node';
import type { ConfigProblem } from '../config/parse.ts';
import type { Edit, Fix, Safety } from '../core/edit.ts';
import type { Finding } from '../core/finding.ts';
import type { Severity } from '../core/rule.ts';
import { linesOf, type Lines } from '../core/span.ts';
import type { FixResult } from '../engine/fix.ts';
import { allRules, rulePageUrl } from '../rules/registry.ts';
import { at } from './client.ts';
import type { Documents, Snapshot } from './documents.ts';
import type { FileChange } from './workspace-edit.ts';

const SOURCE = 'dockwright';

/** The code of a problem in a configuration file. */
const CONFIG_CODE = 'config';

/** What a diagnostic carries through the client and back, so that the server need not remember it. */
interface DiagnosticData {
  /** The version of the document that the fix is for. */
  readonly version: number | null;
  readonly fix?: OfferedFix;
}

interface OfferedFix {
  readonly title: string;
  readonly safety: Safety;
  readonly changes: readonly FileChange[];
}

const ruleIds: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings of a text as diagnostics, in the same order. */
export function diagnosticsOf(
  snapshot: Snapshot,
  findings: readonly Finding[],
  documents: Documents,
): Diagnostic[] {
  const lines = linesOf(snapshot.text);
  return findings.map((finding): Diagnostic => {
    const { rule, severity, message, span, fix } = finding;
    const offered = fix && offer(fix, snapshot, lines, documents);
    const data: DiagnosticData = { version: snapshot.version, ...(offered && { fix: offered }) };
    return {
      range: lines.rangeOf(span),
      severity: severities[severity],
      code: rule,
      ...(isRule(rule) && { codeDescription: { href: rulePageUrl(rule) } }),
      source: SOURCE,
      message,
      data,
    };
  });
}

/** What is wrong in a configuration file, as diagnostics of it. */
export function configDiagnostics(text: string, problems: readonly ConfigProblem[]): Diagnostic[] {
  const lines = linesOf(text);
  return problems.map(({ message, span }) => ({
    range: lines.rangeOf(span),
    severity: DiagnosticSeverity.Error,
    code: CONFIG_CODE,
    source: SOURCE,
    message,
  }));
}

/** Whether a finding's id names a rule, with a page and a name to ignore it by; syntax errors have none. */
function isRule(id: string): boolean {
  return ruleIds.has(id);
}

/** Whether any of the diagnostics that a client names is ours. */
export function hasOurs({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): boolean {
  return diagnostics.some(({ source }) => source === SOURCE);
}

/** A diagnostic of ours that the client sent back, and that is still true. */
export interface Problem {
  readonly diagnostic: Diagnostic;
  readonly rule: string;
  readonly fix: OfferedFix | undefined;
}

/**
 * Those of a client's diagnostics that are about rules and belong to the document's present version. A client that does
 * not send back what a diagnostic carried gets it from the present check.
 */
export function currentProblems(
  sent: readonly Diagnostic[],
  { snapshot, diagnostics }: { readonly snapshot: Snapshot; readonly diagnostics: Diagnostic[] },
): Problem[] {
  return sent.flatMap((diagnostic) => {
    const { source, code } = diagnostic;
    if (source !== SOURCE || typeof code !== 'string' || !isRule(code)) return [];
    const data = dataOf(diagnostic) ?? dataOf(diagnostics.find(isSameAs(diagnostic)) ?? diagnostic);
    if (data?.version !== snapshot.version) return [];
    return [{ diagnostic, rule: code, fix: data.fix }];
  });
}

function isSameAs({ range, code, message }: Diagnostic): (other: Diagnostic) => boolean {
  const place = JSON.stringify([range.start, range.end]);
  return (other) =>
    other.code === code &&
    other.message === message &&
    JSON.stringify([other.range.start, other.range.end]) === place;
}

/** Where a position of the protocol is in the text. */
export function offsetOf({ text }: Snapshot, { line, character }: Position): number {
  return Math.min(linesOf(text).startOf(line) + character, text.length);
}

/** What a diagnostic that came back carries; undefined where the client dropped it. */
function dataOf({ data }: Diagnostic): DiagnosticData | undefined {
  const version = at(data, 'version');
  if (typeof version !== 'number' && version !== null) return undefined;
  const fix = at(data, 'fix');
  return isOfferedFix(fix) ? { version, fix } : { version };
}

function isOfferedFix(fix: unknown): fix is OfferedFix {
  return typeof at(fix, 'title') === 'string' && Array.isArray(at(fix, 'changes'));
}

/** A fix in the protocol's words. Undefined where it needs a neighbour on the disk and the document has none. */
function offer(
  fix: Fix,
  snapshot: Snapshot,
  lines: Lines,
  documents: Documents,
): OfferedFix | undefined {
  const files = new Map<string | undefined, Edit[]>();
  for (const edit of fix.edits) {
    const file = edit.file === snapshot.path ? undefined : edit.file;
    files.set(file, [...(files.get(file) ?? []), edit]);
  }
  const changes: FileChange[] = [];
  for (const [file, edits] of files) {
    if (file === undefined) changes.push(ownChange(snapshot, edits, lines));
    else if (snapshot.onDisk) changes.push(changeOf(file, edits, documents));
    else return undefined;
  }
  return { title: titleOf(fix), safety: fix.safety, changes };
}

/** An unsafe fix says in its title what the person will owe: the first sentence of it, for a title is short. */
function titleOf({ title, answer = '' }: Fix): string {
  const [, sentence = answer] = /^(.*?)\.(?:\s|$)/s.exec(answer) ?? [];
  if (sentence === '') return title;
  const owed = sentence.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return `${title} (then: ${owed})`;
}

/** Edits of the document itself, bound to the version that they were computed for. */
export function ownChange(
  { uri, version, text }: Snapshot,
  edits: readonly Edit[],
  lines: Lines = linesOf(text),
): FileChange {
  return { uri, version, creates: false, edits: textEdits(edits, lines) };
}

function changeOf(file: string, edits: readonly Edit[], documents: Documents): FileChange {
  const uri = documents.uriOf(file);
  const text = documents.facts.readText(file);
  return {
    uri,
    version: documents.versionOf(uri),
    creates: text === undefined && documents.facts.kindOf(file) === undefined,
    edits: textEdits(edits, linesOf(text ?? '')),
  };
}

function textEdits(edits: readonly Edit[], lines: Lines): FileChange['edits'] {
  return edits.map(({ span, newText }) => ({ range: lines.rangeOf(span), newText }));
}

/** Everything that fixing a document changes: itself, and the files that its fixes make. */
export function changesOf(
  snapshot: Snapshot,
  { edits, otherFiles }: Pick<FixResult, 'edits' | 'otherFiles'>,
  documents: Documents,
): FileChange[] {
  const own = edits.length > 0 ? [ownChange(snapshot, edits)] : [];
  if (!snapshot.onDisk) return own;
  const others = [...otherFiles].map(([file, newText]) => {
    const end = documents.facts.readText(file)?.length ?? 0;
    return changeOf(file, [{ span: { start: 0, end }, newText }], documents);
  });
  return [...own, ...others];
}
