/** Actions that write a comment which silences a rule, here or in the whole file. */
import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import { ignoreHere, ignoreInFile } from '../core/suppression.ts';
import type { Client } from './client.ts';
import { offsetOf, ownChange, type Problem } from './convert.ts';
import { isRule } from './diagnostic-list.ts';
import type { Snapshot } from './documents.ts';
import { workspaceEdit, type FileChange } from './workspace-edit.ts';

/** "Here" for each problem, then "in this file"; each comment is offered once, however many problems it is for. */
export function ignoreActions(
  problems: readonly Problem[],
  snapshot: Snapshot,
  client: Client,
): CodeAction[] {
  const silenceable = problems.filter(({ rule }) => isRule(rule));
  const here = onceEach(silenceable, ({ rule, diagnostic }) => `${rule} ${lineOf(diagnostic)}`);
  const inFile = onceEach(silenceable, ({ rule }) => rule);
  return [
    ...here.flatMap(({ rule, diagnostic }) => {
      const offset = offsetOf(snapshot, diagnostic.range.start);
      const change = ownChange(snapshot, [ignoreHere(snapshot.text, offset, rule)]);
      return action(`Ignore ${rule} here`, diagnostic, change, client);
    }),
    ...inFile.flatMap(({ rule, diagnostic }) => {
      const change = ownChange(snapshot, [ignoreInFile(snapshot.text, rule)]);
      return action(`Ignore ${rule} in this file`, diagnostic, change, client);
    }),
  ];
}

function action(
  title: string,
  diagnostic: Problem['diagnostic'],
  change: FileChange,
  client: Client,
): CodeAction[] {
  const edit = workspaceEdit([change], client);
  const kind = CodeActionKind.QuickFix;
  return edit ? [{ title, kind, diagnostics: [diagnostic], edit }] : [];
}

function lineOf({ range }: Problem['diagnostic']): number {
  return range.start.line;
}

function onceEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const firsts = new Map<string, T>();
  for (const item of items) {
    if (!firsts.has(keyOf(item))) firsts.set(keyOf(item), item);
  }
  return [...firsts.values()];
}
