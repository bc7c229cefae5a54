/** Quick fixes, the actions around them, and "fix all" on save. */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type CodeActionContext,
} from 'vscode-languageserver/node';
import { fixAll, fixFor, type Selection } from '../engine/fix.ts';
import { factsFor, inputOf, type Checked, type Checks } from './checks.ts';
import { at, type Client } from './client.ts';
import {
  changesOf,
  currentProblems,
  hasOurs,
  offsetOf,
  type OfferedFix,
  type Problem,
} from './convert.ts';
import type { Documents } from './documents.ts';
import type { CrashLog } from './guard.ts';
import { ignoreActions } from './ignore-actions.ts';
import { CHOOSE_ACTION_COMMAND, type ActionChoice } from '../protocol/choices.ts';
import { CANNOT_CREATE, workspaceEdit, type FileChange } from './workspace-edit.ts';

export const FIX_ALL_KIND = 'source.fixAll.dockwright';

/** A command of the editor's extension, which asks and shows progress; its argument is a rule's id. */
const FIX_IN_WORKSPACE_COMMAND = 'dockwright.fix.ruleInWorkspace';

interface Ports {
  readonly documents: Documents;
  readonly checks: Checks;
  readonly client: Client;
  readonly crashed: CrashLog;
}

/** What an action whose edit is computed later carries: the selection, and the state that it was offered for. */
interface Deferred extends Selection {
  readonly uri: string;
  readonly version: number;
}

/** In the order of use: fixes, fixes of many, ways to ignore. Nothing for diagnostics of an older version. */
export async function codeActions(
  { textDocument: { uri }, context }: CodeActionParams,
  ports: Ports,
): Promise<CodeAction[]> {
  const isForFixing = wants(context, CodeActionKind.QuickFix) && hasOurs(context);
  const isForSaving = context.only !== undefined && wants(context, FIX_ALL_KIND);
  // Clients ask at every move of the cursor, mostly where there is nothing to do.
  if (!isForFixing && !isForSaving) return [];
  const checked = await ports.checks.of(uri);
  // Only an open document has a version, and only a version can be edited.
  if (typeof checked?.snapshot.version !== 'number') return [];
  return [
    ...(isForFixing ? quickFixes(context, checked, ports) : []),
    ...(isForSaving ? fixOnSave(checked, ports) : []),
  ];
}

/** Fills in the edit of an action that was offered without; leaves it as it is if the document has changed since. */
export async function resolveCodeAction(action: CodeAction, ports: Ports): Promise<CodeAction> {
  const deferred = deferredOf(action.data);
  const checked = deferred && (await ports.checks.of(deferred.uri));
  if (!deferred || !checked) return action;
  if (checked.snapshot.version !== deferred.version) return action;
  const edit = workspaceEdit(fixChanges(checked, deferred, ports), ports.client);
  return edit ? { ...action, edit } : action;
}

/** A kind that is asked for includes its children; without a wish, only quick fixes are wanted. */
function wants({ only = [CodeActionKind.QuickFix] }: CodeActionContext, kind: string): boolean {
  return only.some((wish) => wish === '' || kind === wish || kind.startsWith(`${wish}.`));
}

function quickFixes(context: CodeActionContext, checked: Checked, ports: Ports): CodeAction[] {
  const problems = currentProblems(context.diagnostics, checked, ports.documents);
  return [
    ...problems.flatMap((problem) => fixesOf(problem, ports.client)),
    ...fixesOfMany(problems, checked, ports),
    ...(isCrowded(problems, ports)
      ? ignoreChoice(problems, checked, ports)
      : ignoreActions(problems, checked.snapshot, ports.client)),
  ];
}

/**
 * On save nobody is asked, so only what keeps the meaning of the file, and only in this file: of a file that is made on the
 * way, the editor would save the empty beginning and leave the text in a tab.
 */
function fixOnSave(checked: Checked, ports: Ports): CodeAction[] {
  if (!checked.findings.some((finding) => fixFor(finding)?.safety === 'safe')) return [];
  const changes = fixChanges(checked, { unsafe: false, ownFileOnly: true }, ports);
  const edit = changes.length > 0 ? workspaceEdit(changes, ports.client) : undefined;
  return edit ? [{ title: 'Fix all problems that have a safe fix', kind: FIX_ALL_KIND, edit }] : [];
}

function fixesOf({ diagnostic, fix, alternatives }: Problem, client: Client): CodeAction[] {
  return [
    ...(fix ? actionFor(fix, diagnostic, client) : []),
    ...alternatives.flatMap((one) =>
      actionFor(one, diagnostic, client).map((action) => ({ ...action, isPreferred: false })),
    ),
  ];
}

function actionFor(
  { title, safety, changes }: OfferedFix,
  diagnostic: Problem['diagnostic'],
  client: Client,
): CodeAction[] {
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  const edit = workspaceEdit(changes, client);
  if (edit) return [{ ...action, isPreferred: safety === 'safe', edit }];
  return client.showsDisabledActions ? [{ ...action, disabled: { reason: CANNOT_CREATE } }] : [];
}

/** From the nearest to the farthest: the service, the file, the rule in the file, the rule in the workspace. */
function fixesOfMany(problems: readonly Problem[], checked: Checked, ports: Ports): CodeAction[] {
  const fixable = checked.findings.filter((finding) => fixFor(finding));
  const byRule = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (!fixable.some(({ rule }) => rule === problem.rule)) continue;
    byRule.set(problem.rule, [...(byRule.get(problem.rule) ?? []), problem]);
  }
  if (byRule.size === 0) return [];
  return [
    ...fixService(problems, checked, ports),
    ...(fixable.length > 1 ? fixEverything(problems, checked, ports) : []),
    ...(isCrowded(problems, ports)
      ? [fixRuleChoice([...byRule.keys()], problems, checked)]
      : [
          ...[...byRule].flatMap(([rule, ofRule]) =>
            fixRuleInFile(rule, ofRule, { checked, ports }),
          ),
          ...(ports.client.hasClientCommands ? [...byRule].map(workspaceAction) : []),
        ]),
  ];
}

/** With four actions a rule, the menu of a bare service would fill the screen. */
const MOST_RULES_SPELLED_OUT = 2;

function isCrowded(problems: readonly Problem[], { client }: Ports): boolean {
  const rules = new Set(problems.map(({ rule }) => rule));
  return client.hasClientCommands && rules.size > MOST_RULES_SPELLED_OUT;
}

function fixRuleChoice(
  rules: readonly string[],
  problems: readonly Problem[],
  { snapshot: { uri }, findings }: Checked,
): CodeAction {
  const choices = rules.flatMap((rule): ActionChoice[] => [
    {
      label: `${rule} in this file${tailOf(findings.filter((finding) => finding.rule === rule))}`,
      fix: { uri, rule, unsafe: true },
    },
    { label: `${rule} in the workspace`, fix: { rule, unsafe: true } },
  ]);
  return choiceAction('Fix all problems of one rule…', problems, choices);
}

function ignoreChoice(problems: readonly Problem[], checked: Checked, ports: Ports): CodeAction[] {
  const actions = ignoreActions(problems, checked.snapshot, ports.client);
  const choices = actions.map(({ title, edit }): ActionChoice => ({ label: title, edit }));
  return choices.length > 0 ? [choiceAction('Ignore a rule…', problems, choices)] : [];
}

function choiceAction(
  title: string,
  problems: readonly Problem[],
  choices: readonly ActionChoice[],
): CodeAction {
  const command = { title, command: CHOOSE_ACTION_COMMAND, arguments: [title, choices] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: diagnosticsOf(problems), command };
}

/** Several findings stand on a service's name, and most people want all of them gone. */
function fixService(problems: readonly Problem[], checked: Checked, ports: Ports): CodeAction[] {
  const [service, ...others] = new Set(problems.map((problem) => serviceOf(problem, checked)));
  if (service === undefined || others.length > 0) return [];
  const fixable = checked.findings.filter((finding) => finding.fix && finding.service === service);
  const title = `Fix all ${fixable.length} problems of ${service}${tailOf(fixable)}`;
  const selection = { service, unsafe: true };
  return fixable.length > 1 ? fixAction({ title, problems, selection }, checked, ports) : [];
}

function serviceOf(
  { rule, diagnostic }: Problem,
  { snapshot, findings }: Checked,
): string | undefined {
  const start = offsetOf(snapshot, diagnostic.range.start);
  return findings.find((finding) => finding.rule === rule && finding.span.start === start)?.service;
}

/** Unlike on save, a person chose this, so it includes what they have to look at afterwards, and says so. */
function fixEverything(problems: readonly Problem[], checked: Checked, ports: Ports): CodeAction[] {
  const title = `Fix all fixable problems in this file${tailOf(checked.findings)}`;
  return fixAction({ title, problems, selection: { unsafe: true } }, checked, ports);
}

function fixRuleInFile(
  rule: string,
  problems: readonly Problem[],
  { checked, ports }: { readonly checked: Checked; readonly ports: Ports },
): CodeAction[] {
  const fixable = checked.findings.filter((finding) => finding.rule === rule && fixFor(finding));
  const title = `Fix all ${rule} problems in this file${tailOf(fixable)}`;
  const selection = { rule, unsafe: true };
  return fixable.length > 1 ? fixAction({ title, problems, selection }, checked, ports) : [];
}

function tailOf(findings: Checked['findings']): string {
  const owed = findings.filter((finding) => fixFor(finding)?.safety === 'unsafe').length;
  return owed === 0 ? '' : ` (then: look at ${owed} of them)`;
}

function workspaceAction([rule, problems]: readonly [string, readonly Problem[]]): CodeAction {
  const title = `Fix all ${rule} problems in the workspace`;
  const command = { title, command: FIX_IN_WORKSPACE_COMMAND, arguments: [rule] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: diagnosticsOf(problems), command };
}

/** VS Code lists actions for no diagnostic last, whatever the order in which they come. */
const diagnosticsOf = (problems: readonly Problem[]): Problem['diagnostic'][] =>
  problems.map(({ diagnostic }) => diagnostic);

interface Offer {
  readonly title: string;
  readonly problems: readonly Problem[];
  readonly selection: Selection;
}

function fixAction(
  { title, problems, selection }: Offer,
  checked: Checked,
  ports: Ports,
): CodeAction[] {
  const { uri, version } = checked.snapshot;
  const diagnostics = diagnosticsOf(problems);
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics };
  if (ports.client.resolvesEdits) return [{ ...action, data: { uri, version, ...selection } }];
  const changes = fixChanges(checked, selection, ports);
  const edit = changes.length > 0 ? workspaceEdit(changes, ports.client) : undefined;
  return edit ? [{ ...action, edit }] : [];
}

/** Files that the client cannot make are left out: what can be fixed in the document still is. */
function fixChanges(
  { snapshot, settings }: Checked,
  selection: Selection,
  { documents, client, crashed }: Ports,
): FileChange[] {
  const input = inputOf(snapshot);
  if (!input) return [];
  const result = fixAll(input, settings, factsFor(snapshot, documents), selection);
  crashed(result.crashes);
  const changes = changesOf(snapshot, result, documents);
  return changes.filter(({ creates }) => !creates || client.createsFiles);
}

function deferredOf(data: unknown): Deferred | undefined {
  const [uri, version] = [at(data, 'uri'), at(data, 'version')];
  const [rule, service] = [at(data, 'rule'), at(data, 'service')];
  if (typeof uri !== 'string' || typeof version !== 'number') return undefined;
  return {
    uri,
    version,
    unsafe: at(data, 'unsafe') === true,
    ...(typeof rule === 'string' && { rule }),
    ...(typeof service === 'string' && { service }),
  };
}
