/** Facts of files with a memory: each question is asked once, until somebody asks for the news. */
import type { FileFacts } from '../project/files.ts';

export interface Ledger {
  /** Answers from memory; what was never asked is asked of the facts of the last {@link Ledger.refresh}. */
  readonly facts: FileFacts;
  /** Asks everything again that was asked before. True where an answer has changed: then all answers are forgotten. */
  readonly refresh: (now: FileFacts) => boolean;
  /** How many questions were answered so far, from memory or not: whoever sees it grow depends on facts. */
  readonly asked: () => number;
}

interface Answer {
  readonly value: unknown;
  /** Whether it would be the same now. */
  readonly holds: (now: FileFacts) => boolean;
}

export function ledgerOf(facts: FileFacts): Ledger {
  const answers = new Map<string, Answer>();
  let current = facts;
  let asked = 0;

  const answer = <T>(
    question: string,
    ask: (of: FileFacts) => T,
    mark: (value: T) => unknown,
  ): T => {
    asked++;
    const known = answers.get(question);
    if (known) return known.value as T;
    const value = ask(current);
    const marked = mark(value);
    answers.set(question, { value, holds: (now) => mark(ask(now)) === marked });
    return value;
  };
  return {
    facts: {
      readText: (path) => answer(`text ${path}`, (of) => of.readText(path), same),
      kindOf: (path) => answer(`kind ${path}`, (of) => of.kindOf(path), same),
      list: (path) => answer(`list ${path}`, (of) => of.list(path), namesOf),
    },
    refresh: (now) => {
      current = now;
      for (const { holds } of answers.values()) {
        if (holds(now)) continue;
        answers.clear();
        return true;
      }
      return false;
    },
    asked: () => asked,
  };
}

const same = <T>(value: T): T => value;

function namesOf(entries: ReturnType<FileFacts['list']>): string {
  return entries.map(({ name, kind }) => `${kind} ${name}`).join('\n');
}
