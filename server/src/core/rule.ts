/** What a rule is: a check that yields matches, and a fix that sees nothing but what the check matched. */
import type { Addition } from './addition.ts';
import type { Fix, Safety } from './edit.ts';
import type { Source } from './source.ts';
import type { Span } from './span.ts';

/** By effect: `error` breaks or leaks, `warning` will hurt in production, `info` is worth doing, `hint` is a matter of taste. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** From the smallest to the largest; a rule names the smallest preset that holds it. */
export const presets = ['recommended', 'strict', 'all'] as const;

export type Preset = (typeof presets)[number];

export interface RuleMeta {
  /** One sentence, imperative: what the rule asks for. */
  readonly summary: string;
  /** What happens to people who do not follow it. */
  readonly why: string;
  /** What its fix does, and what it leaves to a person. */
  readonly fix: string;
  /** When it is right to switch it off: stacks for which what it asks for is wrong. */
  readonly off?: string;
  readonly severity: Severity;
  readonly preset: Preset;
  /** The version that brought it. */
  readonly since: string;
  /** The same check elsewhere, as `tool:id`. */
  readonly aliases: readonly string[];
  /** Texts that are reported exactly once. */
  readonly examples: readonly string[];
}

/** What a check saw. `data` is for the fix; the message says what, why and what to do. */
export interface Match<Data> {
  readonly span: Span;
  /** What `span` is an offset in; without it, the source that the rule's subject is about. */
  readonly source?: Source;
  readonly message: string;
  readonly data: Data;
  /** The Compose service that the match is about. */
  readonly service?: string;
}

interface RuleSpec<Subject, Data> {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly check: (subject: Subject) => Iterable<Match<Data>>;
  readonly fix?: RuleFix<Subject, Data>;
}

export interface RuleFix<Subject, Data> {
  readonly safety: Safety;
  /** Sees only what `check` matched, so a fix can never act on something that was not reported. */
  readonly build: (match: Match<Data>, subject: Subject) => Omit<Fix, 'safety'> | undefined;
  /** What it adds, where that may as well stand in what the subject shares with others. */
  readonly addition?: (match: Match<Data>, subject: Subject) => Addition | undefined;
}

/** A match with its fix, once nobody needs its data any more. */
export interface Reported {
  readonly span: Span;
  readonly source?: Source | undefined;
  readonly message: string;
  readonly service?: string | undefined;
  readonly fix?: Fix | undefined;
}

export interface Rule<Subject> {
  readonly id: string;
  readonly meta: RuleMeta;
  /** Of its fix; undefined where it has none. */
  readonly safety: Safety | undefined;
  readonly run: (subject: Subject) => readonly Reported[];
  /** What its fix would add for the first thing that it reports; worked out for those who ask. Absent where it adds nothing. */
  readonly additionFor?: (subject: Subject) => Addition | undefined;
}

const nothing: readonly Reported[] = [];

/** Hides `Data` in a closure, so that the registry can list rules of many kinds without `any`. */
export function defineRule<Subject, Data>({
  id,
  meta,
  check,
  fix,
}: RuleSpec<Subject, Data>): Rule<Subject> {
  const addition = fix?.addition;
  return {
    id,
    meta,
    safety: fix?.safety,
    run: (subject) => {
      let reported: Reported[] | undefined;
      // Most rules have nothing to say about most subjects, so nothing is made for them.
      for (const match of check(subject)) {
        const { span, message, source, service } = match;
        const built = fix?.build(match, subject);
        (reported ??= []).push({
          span,
          message,
          source,
          service,
          fix: fix && built && { ...built, safety: fix.safety },
        });
      }
      return reported ?? nothing;
    },
    ...(addition && {
      additionFor: (subject) => {
        for (const match of check(subject)) return addition(match, subject);
        return undefined;
      },
    }),
  };
}
