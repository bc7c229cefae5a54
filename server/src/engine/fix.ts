/** Fixes carried out in rounds, until nothing is left that can be fixed. */
import type { Settings } from '../config/settings.ts';
import { type Edit, editedText, editSet, type Fix, type SharedFix } from '../core/edit.ts';
import type { Finding } from '../core/finding.ts';
import type { FileFacts } from '../project/files.ts';
import { ruleOrder } from '../rules/registry.ts';
import { type Crash, type Input, lint, type Report } from './lint.ts';

export interface Selection {
  /** One rule's id; without it, all rules. */
  readonly rule?: string;
  /** One service's name; without it, all services and what belongs to none. */
  readonly service?: string;
  /** Leave out fixes that make other files: an editor that saves would save half of them. */
  readonly ownFileOnly?: boolean;
  /** Also fixes that a person has to answer for. */
  readonly unsafe: boolean;
}

export interface FixResult {
  readonly text: string;
  /** Minimal edits of the original text that lead to {@link FixResult.text}, in order, not overlapping. */
  readonly edits: readonly Edit[];
  /** Absolute path → whole text of files that fixes create. */
  readonly otherFiles: ReadonlyMap<string, string>;
  readonly fixed: readonly Finding[];
  readonly remaining: readonly Finding[];
  /** Rules that threw on the text as it now is. */
  readonly crashes: readonly Crash[];
  /** What a person owes now, one sentence each, without repetition. */
  readonly answers: readonly string[];
}

type Fixable = Finding & { readonly fix: Fix };

/** One fix with all that it is for: findings of many services, where it is made at their root. */
interface Step {
  readonly fix: Fix;
  readonly findings: readonly Fixable[];
}

/**
 * Each round takes the fixes that do not touch one another and looks again, for a fix may build on what another one wrote
 * (reservations are a share of the limits that stand by then). A fix whose result would not parse is left out, and its
 * finding remains. Every finding is tried once, so the rounds come to an end.
 */
export function fixAll(
  input: Input,
  settings: Settings,
  files: FileFacts,
  selection: Selection,
): FixResult {
  const otherFiles = new Map<string, string>();
  const facts = withFiles(files, otherFiles);
  const tried = new Set<string>();
  const fixed: Fixable[] = [];
  let edited = editedText(input.text);
  let report = lint(input, settings, facts);
  for (;;) {
    const steps = stepsFor(report.findings, selection, tried);
    const round = nextRound(steps);
    if (round.length === 0) break;
    for (const attempt of [round, ...round.map((step) => [step])]) {
      const next = edited.apply(attempt.flatMap(ownEdits));
      const looked = look(
        { ...input, text: next.text },
        settings,
        withFiles(facts, created(attempt)),
      );
      const findings = attempt.flatMap((step) => step.findings);
      // A round that fails as a whole is taken apart; only what fails alone is given up.
      if (looked || attempt.length === 1) for (const finding of findings) tried.add(keyOf(finding));
      if (!looked) continue;
      edited = next;
      report = looked;
      fixed.push(...findings);
      for (const [path, text] of created(attempt)) otherFiles.set(path, text);
      break;
    }
  }
  return {
    text: edited.text,
    edits: edited.edits(),
    otherFiles,
    fixed,
    remaining: report.findings,
    crashes: report.crashes,
    answers: [...new Set(fixed.flatMap(({ fix }) => fix.answer ?? []))],
  };
}

/** What is found in a text, or undefined where it does not parse any more. */
function look(input: Input, settings: Settings, files: FileFacts): Report | undefined {
  const report = lint(input, settings, files);
  return report.findings.some(({ rule }) => rule.endsWith('/syntax')) ? undefined : report;
}

/** What there is to do: each fix once, whatever the number of findings that it is for. */
function stepsFor(
  findings: readonly Finding[],
  selection: Selection,
  tried: ReadonlySet<string>,
): readonly Step[] {
  const steps = new Map<string, Fixable[]>();
  for (const finding of findings) {
    const { rule, service } = selection;
    if (rule !== undefined && finding.rule !== rule) continue;
    if (service !== undefined && finding.service !== service) continue;
    const wanted = waysFor(finding, selection).find((one) => !tried.has(keyOf(one)));
    if (!wanted) continue;
    const { fix } = wanted;
    const key = isShared(fix) ? sharedKey(fix) : String(steps.size);
    const known = steps.get(key);
    if (known) known.push(wanted);
    else steps.set(key, [wanted]);
  }
  return [...steps.values()].flatMap((list) => {
    const [first] = list;
    // All of them are to say that it was the same fix.
    return first
      ? [{ fix: first.fix, findings: list.map((one) => ({ ...one, fix: first.fix })) }]
      : [];
  });
}

/**
 * A finding with each of its fixes that may be used here, the best first. At the root it is fixed where that does the same
 * with fewer edits; other files are not changed on the way, and neither are services that were not asked for.
 */
function waysFor(finding: Finding, selection: Selection): readonly Fixable[] {
  const { alternatives = [], ...rest } = finding;
  const shared =
    selection.service === undefined
      ? alternatives.filter(
          ({ isWhole, edits }) => isWhole && edits.every(({ file }) => file === undefined),
        )
      : [];
  return [...shared, ...(finding.fix ? [finding.fix] : [])]
    .filter((fix) => isAllowed(fix, selection))
    .map((fix) => ({ ...rest, fix }));
}

/** With what {@link fixAll} would fix a finding, at most: at the root where there is no other place. */
export function fixFor(finding: Finding): Fix | undefined {
  return finding.fix ?? waysFor(finding, { unsafe: true })[0]?.fix;
}

function isAllowed({ edits, safety }: Fix, { ownFileOnly, unsafe }: Selection): boolean {
  if (ownFileOnly && edits.some(({ file }) => file !== undefined)) return false;
  return unsafe || safety === 'safe';
}

/** The same edit for the same reason. */
function sharedKey({ title, edits }: SharedFix): string {
  return [title, ...edits.map(({ span }) => span.start)].join('\n');
}

const isShared = (fix: Fix | SharedFix): fix is SharedFix => 'services' in fix;

/** Spans move while others are fixed; who says what about which service stays. */
function keyOf({ rule, service, message, fix }: Fixable): string {
  return [rule, service ?? '', message, isShared(fix) ? fix.title : ''].join('\n');
}

/**
 * As many fixes as go together, in the order of the rules. What is safe goes first: a fix that asks a person may take away
 * what another one reads (a tag that says which programs are in the image).
 */
function nextRound(steps: readonly Step[]): readonly Step[] {
  const safe = steps.filter(({ fix }) => fix.safety === 'safe');
  const taken = editSet();
  return [...(safe.length > 0 ? safe : steps)]
    .sort((a, b) => orderOf(a) - orderOf(b))
    .filter(({ fix }) => taken.add(fix.edits));
}

/** What is no rule, such as a comment that silences nothing, comes last: others may take its reason away. */
function orderOf({ findings }: Step): number {
  const order = ruleOrder.indexOf(findings[0]?.rule ?? '');
  return order < 0 ? ruleOrder.length : order;
}

function ownEdits({ fix }: Step): readonly Edit[] {
  return fix.edits.filter(({ file }) => file === undefined);
}

function created(steps: readonly Step[]): ReadonlyMap<string, string> {
  const edits = steps.flatMap(({ fix }) => fix.edits);
  return new Map(
    edits.flatMap(({ file, newText }) => (file === undefined ? [] : [[file, newText] as const])),
  );
}

/** The files as they will be: what fixes create is there already. */
function withFiles(files: FileFacts, texts: ReadonlyMap<string, string>): FileFacts {
  return {
    readText: (path) => texts.get(path) ?? files.readText(path),
    kindOf: (path) => (texts.has(path) ? 'file' : files.kindOf(path)),
    list: files.list,
  };
}
