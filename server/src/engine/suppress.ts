/** Takes out what ignore comments silence, and tells of comments that silence nothing. */
import { suggest } from '../config/suggest.ts';
import { type Suppression, suppressionsIn } from '../core/suppression.ts';
import { resolveRuleId, ruleNames } from '../rules/registry.ts';
import type { Piece } from './groups.ts';
import type { Raised } from './run.ts';

/** Findings and comments of one block; spans are offsets in it. */
export interface Commented {
  readonly block: Piece;
  readonly raised: readonly Raised[];
  readonly suppressions: readonly Suppression[];
}

/** Of a block, in every language that has comments behind a line's content (`trailing`), or above it. */
export function commentsOf({ source, lines }: Piece, trailing: boolean): readonly Suppression[] {
  return suppressionsIn(source.text, lines, trailing);
}

/**
 * The findings of each block that no comment silences. Blocks without comments keep their lists as they are. Comments
 * that name no rule, or silence nothing although their rule runs, become findings themselves.
 */
export function unsuppressed(
  blocks: readonly Commented[],
  isRunning: (rule: string) => boolean,
): readonly (readonly Raised[])[] {
  const wide = blocks.flatMap(({ suppressions }) =>
    suppressions.flatMap((one) => (one.line === undefined ? [active(one)] : [])),
  );
  const kept = blocks.map(({ block, raised, suppressions }) => {
    const here = suppressions.flatMap((one) => (one.line === undefined ? [] : [active(one)]));
    if (here.length === 0 && wide.length === 0) return { left: raised, here };
    const left = raised.filter((finding) => !isSilenced(finding, block, [...here, ...wide]));
    return { left, here };
  });
  return blocks.map(({ block: { source }, suppressions }, index) => {
    const { left = [], here = [] } = kept[index] ?? {};
    if (suppressions.length === 0) return left;
    const all = [...here, ...wide.filter(({ of }) => suppressions.includes(of))];
    const complaints = all.flatMap((one) => complaintsAbout(one, isRunning));
    return [...left, ...complaints.map((one) => ({ ...one, source }))];
  });
}

/** A comment at work: which of its rules have silenced something. */
interface Active {
  readonly of: Suppression;
  readonly used: Set<string>;
}

const active = (of: Suppression): Active => ({ of, used: new Set() });

function isSilenced(
  { rule, span }: Raised,
  { lines }: Pick<Piece, 'lines'>,
  comments: readonly Active[],
): boolean {
  const { line } = lines().positionAt(span.start);
  let isSilent = false;
  for (const { of, used } of comments) {
    if ((of.line ?? line) !== line) continue;
    const name = of.rules.find((one) => resolveRuleId(one) === rule);
    if (name === undefined) continue;
    used.add(name);
    isSilent = true;
  }
  return isSilent;
}

function complaintsAbout(
  { of: { rules, span }, used }: Active,
  isRunning: (rule: string) => boolean,
): readonly Raised[] {
  return rules.flatMap((name): Raised[] => {
    const id = resolveRuleId(name);
    if (id === undefined) return [{ ...UNKNOWN, message: unknown(name), span }];
    if (used.has(name) || !isRunning(id)) return [];
    const message = `Nothing here is against ${name} (any more), so this comment silences nothing. Remove it.`;
    return [{ rule: 'project/unused-ignore', severity: 'warning', message, span }];
  });
}

const UNKNOWN = { rule: 'project/unknown-ignore', severity: 'warning' } as const;

function unknown(name: string): string {
  const guess = suggest(name, ruleNames);
  const advice =
    guess === undefined ? '`dockwright rules` lists them all.' : `Did you mean ${guess}?`;
  return `There is no rule ${name}, so this comment silences nothing. ${advice}`;
}
