/** Takes out what ignore comments silence, and tells of comments of ours that silence nothing. */
import { refusalRules } from '../compose/consistency/catalogue.ts';
import { suggest } from '../config/suggest.ts';
import type { Fix } from '../core/edit.ts';
import { compareFindings } from '../core/finding.ts';
import type { Named } from '../core/ignore-comment.ts';
import {
  carriedInto,
  type CommentStyle,
  type Reach,
  type Suppression,
  suppressionsIn,
  withoutName,
} from '../core/suppression.ts';
import { allRules, resolveRuleId, ruleNames } from '../rules/registry.ts';
import type { Part, Piece } from './groups.ts';
import type { Raised } from './run.ts';

/** Findings and comments of one block; spans are offsets in it. */
export interface Commented {
  readonly block: Piece;
  readonly raised: readonly Raised[];
  readonly suppressions: readonly Suppression[];
}

export function commentsOf({ source, lines }: Piece, style: CommentStyle): readonly Suppression[] {
  return suppressionsIn(source.text, lines, style);
}

/**
 * The findings of each block that no comment silences; the blocks are all of a file, in order. Those without comments keep
 * their lists as they are. Comments of ours that name no rule, or silence nothing although `isRunning` says that their rule
 * has looked, become findings themselves.
 */
export function unsuppressed(
  blocks: readonly Commented[],
  isRunning: (rule: string) => boolean,
): readonly Part[] {
  const all = blocks.map(({ suppressions }, index) =>
    suppressions.filter((one) => isHeard(one, index)).map(active),
  );
  const wide = all.flat().filter(({ of }) => of.scope === 'file');
  let open: readonly Active[] = [];
  const left = blocks.map(({ block, raised }, index) => {
    const own = (all[index] ?? []).filter(({ of }) => of.scope !== 'file');
    const here = [...own.flatMap(placed), ...carried(open, block)];
    open = goingOn(here);
    if (here.length === 0 && wide.length === 0) return raised;
    return raised.filter((finding) => !isSilenced(finding, block, { here, wide }));
  });
  return blocks.map(({ block: { source } }, index) => {
    const complaints = (all[index] ?? []).flatMap((one) =>
      complaintsAbout(one, source.text, isRunning),
    );
    const kept = left[index] ?? [];
    if (complaints.length === 0) return { source, raised: kept };
    const told = complaints.map((one) => ({ ...one, source }));
    return { source, raised: [...kept, ...told].sort(compareFindings) };
  });
}

/** What is for the file of another tool counts at the top alone, as that tool has it. */
function isHeard({ tool, scope, isHead }: Suppression, block: number): boolean {
  const isAnywhere = tool === undefined || tool === 'hadolint';
  return isAnywhere || scope !== 'file' || (isHead && block === 0);
}

/** A comment at work: which of its names have silenced something. */
interface Active {
  readonly of: Suppression;
  readonly silences: (rule: string) => string | undefined;
  readonly used: Set<string>;
}

interface Placed {
  readonly comment: Active;
  readonly reach: Reach;
}

const active = (of: Suppression): Active => ({ of, silences: namesFor(of), used: new Set() });

const placed = (comment: Active): readonly Placed[] =>
  comment.of.reach ? [{ comment, reach: comment.of.reach }] : [];

/** The name by which a comment silences a rule. */
function namesFor({ tool, names }: Suppression): Active['silences'] {
  if (tool === 'buildkit' && names.length === 0)
    return (rule) => (ofBuildKit.has(rule) ? '*' : undefined);
  if (tool !== undefined && names.length === 0) return (rule) => (isAdvice(rule) ? '*' : undefined);
  const ids = names.map(({ name }) => ({ name, id: idOf(name, tool) }));
  return (rule) => ids.find(({ id }) => id === rule)?.name;
}

function idOf(name: string, tool: Suppression['tool']): string | undefined {
  return resolveRuleId(tool === undefined ? name : `${tool}:${name}`);
}

const ofBuildKit: ReadonlySet<string> = new Set(
  allRules.flatMap(({ id, meta }) =>
    meta.aliases.some((alias) => alias.startsWith('buildkit:')) ? [id] : [],
  ),
);

const refusals: ReadonlySet<string> = new Set(refusalRules.map(({ id }) => id));

const advice: ReadonlySet<string> = new Set(
  allRules.flatMap(({ id }) => (refusals.has(id) ? [] : [id])),
);

/** Who wants to hear nothing at all still has to hear what Compose will say. */
const isAdvice = (rule: string): boolean => advice.has(rule);

/** Comments of blocks above that reach into this one. */
function carried(open: readonly Active[], { source, lines }: Piece): readonly Placed[] {
  return open.flatMap((comment) => {
    const before = comment.of.reach?.open;
    const reach = before && carriedInto(before, source.text, lines());
    return reach ? [{ comment, reach }] : [];
  });
}

/** Those that go on behind a block. */
function goingOn(here: readonly Placed[]): readonly Active[] {
  return here.flatMap(({ comment, reach }) =>
    reach.open ? [{ ...comment, of: { ...comment.of, reach } }] : [],
  );
}

function isSilenced(
  { rule, span }: Raised,
  { lines }: Pick<Piece, 'lines'>,
  { here, wide }: { readonly here: readonly Placed[]; readonly wide: readonly Active[] },
): boolean {
  const { line } = lines().positionAt(span.start);
  const near = here.flatMap(({ comment, reach }) =>
    reach.from <= line && line <= reach.to ? [comment] : [],
  );
  let isSilent = false;
  for (const { silences, used } of [...near, ...wide]) {
    const name = silences(rule);
    if (name === undefined) continue;
    used.add(name);
    isSilent = true;
  }
  return isSilent;
}

/** Comments of other tools serve those tools, whatever they do here. */
function complaintsAbout(
  { of, used }: Active,
  text: string,
  isRunning: (rule: string) => boolean,
): readonly Raised[] {
  if (of.tool !== undefined) return [];
  return of.names.flatMap((named): Raised[] => {
    const { name } = named;
    const id = resolveRuleId(name);
    if (id !== undefined && (used.has(name) || !isRunning(id))) return [];
    const fix = removal(text, of, named);
    const { span } = of.names.length > 1 ? named : of;
    return id === undefined
      ? [{ rule: 'project/unknown-ignore', severity: 'warning', message: unknown(name), span, fix }]
      : [{ rule: 'project/unused-ignore', severity: 'warning', message: unused(name), span, fix }];
  });
}

function removal(text: string, of: Suppression, named: Named): Fix {
  const isAll = of.names.length === 1;
  return {
    title: isAll ? 'Remove this comment' : `Remove ${named.name} from this comment`,
    // A name that no rule has may be meant for one.
    safety: resolveRuleId(named.name) === undefined ? 'unsafe' : 'safe',
    edits: [withoutName(text, of, named)],
  };
}

function unused(name: string): string {
  return `Nothing here is against ${name} (any more), so this comment silences nothing. Remove it.`;
}

function unknown(name: string): string {
  const guess = suggest(name, ruleNames);
  const advised =
    guess === undefined ? '`dockwright rules` lists them all.' : `Did you mean ${guess}?`;
  return `There is no rule ${name}, so this comment silences nothing. ${advised}`;
}
