/** The one place that knows both vocabularies: the engine's findings and offsets, and the protocol's diagnostics and positions. */
import { DiagnosticSeverity, type Diagnostic, type Position } from 'vscode-languageserver/node';
import type { ConfigProblem } from '../config/parse.ts';
import type { Edit, Fix, Safety } from '../core/edit.ts';
import type { Finding } from '../core/finding.ts';
import { linesOf, type Lines } from '../core/span.ts';
import type { FixResult } from '../engine/fix.ts';
import { isRule, SOURCE } from './diagnostic-list.ts';
import type { Documents, Snapshot } from './documents.ts';
import type { FileChange } from './workspace-edit.ts';

/** The code of a problem in a configuration file. */
const CONFIG_CODE = 'config';

/** A fix in the protocol's words. */
export interface OfferedFix {
  readonly title: string;
  readonly safety: Safety;
  readonly changes: readonly FileChange[];
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

/** Whether any of the diagnostics that a client names is ours. */
export function hasOurs({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): boolean {
  return diagnostics.some(({ source }) => source === SOURCE);
}

/** A diagnostic of ours that the client sent back, and that is still true. */
export interface Problem {
  readonly diagnostic: Diagnostic;
  readonly rule: string;
  readonly fix: OfferedFix | undefined;
  /** Fixes at the root, of many services at once. */
  readonly alternatives: readonly OfferedFix[];
}

/** Those of a client's diagnostics that are about rules, or can be fixed, and still true, with what would fix them. */
export function currentProblems(
  sent: readonly Diagnostic[],
  { snapshot, findings }: { readonly snapshot: Snapshot; readonly findings: readonly Finding[] },
  documents: Documents,
): Problem[] {
  const lines = linesOf(snapshot.text);
  return sent.flatMap((diagnostic) => {
    const { source, code } = diagnostic;
    if (source !== SOURCE || typeof code !== 'string') return [];
    const start = lines.startOf(diagnostic.range.start.line) + diagnostic.range.start.character;
    const end = lines.startOf(diagnostic.range.end.line) + diagnostic.range.end.character;
    const finding = findings.find(
      ({ rule, message, span }) =>
        rule === code && message === diagnostic.message && span.start === start && span.end === end,
    );
    if (!finding || !(isRule(code) || finding.fix)) return [];
    const offered = (one: Fix): OfferedFix | undefined => offer(one, snapshot, lines, documents);
    const fix = finding.fix && offered(finding.fix);
    const alternatives = (finding.alternatives ?? []).flatMap((one) => offered(one) ?? []);
    return [{ diagnostic, rule: code, fix, alternatives }];
  });
}

/** Where a position of the protocol is in the text. */
export function offsetOf({ text }: Snapshot, { line, character }: Position): number {
  return Math.min(linesOf(text).startOf(line) + character, text.length);
}

/** Undefined where it needs a neighbour on the disk and the document has none. */
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
