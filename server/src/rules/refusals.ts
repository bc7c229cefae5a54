/** What Compose refuses, as rules: one for each reason, so that every one has its page, its name and its comment. */
import { type RefusalRule, refusalRules } from '../compose/consistency/catalogue.ts';
import type { Refusal } from '../compose/refusal.ts';
import { type Reported, type Rule, type RuleMeta } from '../core/rule.ts';
import type { Fix } from '../core/edit.ts';
import type { ProjectSubject, ServiceSubject } from './subject.ts';

const none: readonly Reported[] = [];

/** Reasons that are often a slip, which the nearest right name mends. */
const FIXED: ReadonlySet<string> = new Set(
  refusalRules.flatMap(({ id }) =>
    /unknown-key|undefined-|healthcheck-test/.test(id) ? [id] : [],
  ),
);

/** Reasons that lie in one service alone. */
export const serviceRefusals: readonly Rule<ServiceSubject>[] = refusalRules.map((rule) =>
  ruleFor(rule, ({ refusals }) => refusals),
);

/** Reasons that lie in how things refer to one another, and at the top level of files. */
export const projectRefusals: readonly Rule<ProjectSubject>[] = refusalRules.map((rule) =>
  ruleFor(rule, ({ refusals }) => refusals()),
);

function ruleFor<Subject>(
  { id, summary, why, fix, severity, aliases, example }: RefusalRule,
  refusalsOf: (subject: Subject) => readonly Refusal[],
): Rule<Subject> {
  const meta: RuleMeta = {
    summary,
    why,
    fix,
    severity,
    preset: 'recommended',
    since: '0.2.0',
    aliases,
    examples: example === undefined ? [] : [example],
    off: 'Never for a file that Compose runs: it would refuse it all the same.',
  };
  return {
    id,
    meta,
    safety: FIXED.has(id) ? 'unsafe' : undefined,
    run: (subject) => {
      const refusals = refusalsOf(subject);
      if (refusals.length === 0) return none;
      return refusals.filter(({ rule }) => rule === id).map(reported);
    },
  };
}

function reported({ message, place: { source, span }, service, rename }: Refusal): Reported {
  const fix: Fix | undefined = rename && {
    title: `Write ${rename.to}`,
    // Somebody may have meant another name altogether.
    safety: 'unsafe',
    edits: [{ span: rename.place.span, source: rename.place.source, newText: rename.to }],
  };
  return {
    span,
    source,
    message,
    ...(service !== undefined && { service }),
    ...(fix && { fix }),
  };
}
