/** Fixes carried out in rounds, until nothing is left that can be fixed. */
import type { Settings } from '../config/settings.ts';
import { type Edit, editedText, editSet, type Fix } from '../core/edit.ts';
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
    const round = nextRound(
      report.findings.filter((finding) => isWanted(finding, selection, tried)),
    );
    if (round.length === 0) break;
    for (const attempt of [round, ...round.map((finding) => [finding])]) {
      const next = edited.apply(attempt.flatMap(ownEdits));
      const looked = look(
        { ...input, text: next.text },
        settings,
        withFiles(facts, created(attempt)),
      );
      // A round that fails as a whole is taken apart; only what fails alone is given up.
      if (looked || attempt.length === 1) for (const finding of attempt) tried.add(keyOf(finding));
      if (!looked) continue;
      edited = next;
      report = looked;
      fixed.push(...attempt);
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

function isWanted(
  finding: Finding,
  { rule, service, ownFileOnly, unsafe }: Selection,
  tried: ReadonlySet<string>,
): finding is Fixable {
  const { fix } = finding;
  if (!fix || (rule !== undefined && finding.rule !== rule)) return false;
  if (service !== undefined && finding.service !== service) return false;
  if (ownFileOnly && fix.edits.some(({ file }) => file !== undefined)) return false;
  return (unsafe || fix.safety === 'safe') && !tried.has(keyOf(finding));
}

/** Spans move while others are fixed; who says what about which service stays. */
function keyOf({ rule, service, message }: Finding): string {
  return [rule, service ?? '', message].join('\n');
}

/**
 * As many fixes as go together, in the order of the rules. What is safe goes first: a fix that asks a person may take away
 * what another one reads (a tag that says which programs are in the image).
 */
function nextRound(candidates: readonly Fixable[]): readonly Fixable[] {
  const safe = candidates.filter(({ fix }) => fix.safety === 'safe');
  const taken = editSet();
  return [...(safe.length > 0 ? safe : candidates)]
    .sort((a, b) => ruleOrder.indexOf(a.rule) - ruleOrder.indexOf(b.rule))
    .filter(({ fix }) => taken.add(fix.edits));
}

function ownEdits({ fix }: Fixable): readonly Edit[] {
  return fix.edits.filter(({ file }) => file === undefined);
}

function created(findings: readonly Fixable[]): ReadonlyMap<string, string> {
  const edits = findings.flatMap(({ fix }) => fix.edits);
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
