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

type Kind = ReturnType<FileFacts['kindOf']>;

/** What is known of the entries of one directory, and what the directory looked like then. */
interface Kinds {
  readonly stamp: string | undefined;
  readonly of: Map<string, Kind>;
}

export function ledgerOf(facts: FileFacts): Ledger {
  const texts = new Map<string, string | undefined>();
  const lists = new Map<string, ReturnType<FileFacts['list']>>();
  const kinds = new Map<string, Kinds>();
  let current = facts;
  let asked = 0;

  const kindsIn = (directory: string): Kinds => {
    const known = kinds.get(directory) ?? { stamp: current.stampOf?.(directory), of: new Map() };
    kinds.set(directory, known);
    return known;
  };
  const holds = (now: FileFacts): boolean => {
    for (const [path, text] of texts) if (now.readText(path) !== text) return false;
    for (const [path, entries] of lists)
      if (namesOf(now.list(path)) !== namesOf(entries)) return false;
    for (const [directory, known] of kinds) if (!kindsHold(directory, known, now)) return false;
    return true;
  };
  return {
    facts: {
      readText: (path) => {
        asked++;
        if (!texts.has(path)) texts.set(path, current.readText(path));
        return texts.get(path);
      },
      kindOf: (path) => {
        asked++;
        const { of, stamp } = kindsIn(parentOf(path));
        // Where there is no folder, nothing is in it.
        const isNowhere = stamp === undefined && current.stampOf !== undefined;
        if (!of.has(path)) of.set(path, isNowhere ? undefined : current.kindOf(path));
        return of.get(path);
      },
      list: (path) => {
        asked++;
        const entries = lists.get(path) ?? current.list(path);
        lists.set(path, entries);
        return entries;
      },
    },
    refresh: (now) => {
      current = now;
      if (holds(now)) return false;
      for (const known of [texts, lists, kinds]) known.clear();
      return true;
    },
    asked: () => asked,
  };
}

/** A directory that looks the same has the same entries; one that is not there has none, as long as it is not there. */
function kindsHold(directory: string, { stamp, of }: Kinds, now: FileFacts): boolean {
  if (now.stampOf?.(directory) === stamp && now.stampOf) return true;
  for (const [path, kind] of of) if (now.kindOf(path) !== kind) return false;
  return true;
}

/** The engine knows no paths but those that it was given, so it only has to cut them. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) || 1);
}

function namesOf(entries: ReturnType<FileFacts['list']>): string {
  return entries.map(({ name, kind }) => `${kind} ${name}`).join('\n');
}
