/** Checks documents, each state of them once. */
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Settings } from '../config/settings.ts';
import type { Finding } from '../core/finding.ts';
import type { Group } from '../engine/groups.ts';
import { lint, type Crash, type Input } from '../engine/lint.ts';
import { type Memory, memoryOf } from '../engine/memory.ts';
import type { FileFacts } from '../project/files.ts';
import { configDiagnostics } from './convert.ts';
import { diagnosticLists } from './diagnostic-list.ts';
import type { Documents, Snapshot } from './documents.ts';
import type { CrashLog } from './guard.ts';
import { readConfig, type DocumentSettings, type SettingsSource } from './settings.ts';

export interface Checked {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly findings: readonly Finding[];
  readonly diagnostics: Diagnostic[];
  /** Two results of a document with the same id are the same. */
  readonly resultId: string;
}

export interface Checks {
  /** The check of a document's newest state; undefined where it is not ours, or gone. */
  readonly of: (uri: string) => Promise<Checked | undefined>;
  readonly forget: (uri: string) => void;
  /** How many milliseconds the last real check of a document took; 0 before the first. */
  readonly costOf: (uri: string) => number;
}

interface Ports {
  readonly documents: Documents;
  readonly settings: SettingsSource;
  /** Called with each configuration file that was found to count for a document. */
  readonly onConfig: (config: DocumentSettings['config']) => void;
  readonly crashed: CrashLog;
  /** Called each time the engine really works on a document. */
  readonly onCheck: (uri: string) => void;
}

/** What is kept of a document while it is open. */
interface Kept {
  readonly memory: Memory;
  readonly diagnosticsOf: (groups: readonly Group[]) => Diagnostic[];
  last: Checked | undefined;
  given: DocumentSettings | undefined;
  /** Of the last real check, in milliseconds. */
  cost: number;
}

const noFacts: FileFacts = {
  readText: () => undefined,
  kindOf: () => undefined,
  list: () => [],
};

/** The neighbours that a document is judged with. */
export function factsFor({ onDisk }: Snapshot, documents: Documents): FileFacts {
  return onDisk ? documents.facts : noFacts;
}

/** The document in the engine's words; undefined where it is no text for the engine. */
export function inputOf({ path, text, kind }: Snapshot): Input | undefined {
  return kind === 'config' ? undefined : { path, text, language: kind };
}

export function documentChecks(ports: Ports): Checks {
  const { documents, settings } = ports;
  const kept = new Map<string, Kept>();
  let results = 0;

  const keptOf = (snapshot: Snapshot, facts: FileFacts): Kept => {
    const known = kept.get(snapshot.uri) ?? {
      memory: memoryOf(facts),
      diagnosticsOf: diagnosticLists(),
      last: undefined,
      given: undefined,
      cost: 0,
    };
    if (snapshot.version !== null) kept.set(snapshot.uri, known);
    return known;
  };
  return {
    of: async (uri) => {
      const asked = documents.get(uri);
      if (!asked) return undefined;
      const given = await settings.of(asked);
      ports.onConfig(given.config);
      // Asking for settings takes time, in which the document can have changed.
      const snapshot = documents.get(uri);
      if (!snapshot) return undefined;
      const facts = factsFor(snapshot, documents);
      const known = keptOf(snapshot, facts);
      const isFresh = known.memory.ledger.refresh(facts);
      const { last } = known;
      if (last && !isFresh && isFor(known, snapshot, given)) return last;
      const start = performance.now();
      const examined = examine(snapshot, given, { known, isFresh, ports });
      known.cost = performance.now() - start;
      ports.crashed(examined.crashes);
      const resultId =
        last?.diagnostics === examined.diagnostics ? last.resultId : String(++results);
      known.given = given;
      known.last = {
        snapshot,
        settings: given.settings,
        get findings() {
          return examined.findings;
        },
        diagnostics: examined.diagnostics,
        resultId,
      };
      return known.last;
    },
    forget: (uri) => kept.delete(uri),
    costOf: (uri) => kept.get(uri)?.cost ?? 0,
  };
}

function isFor(
  { last, given: before }: Kept,
  snapshot: Snapshot,
  given: DocumentSettings,
): boolean {
  return (
    last?.snapshot.version === snapshot.version &&
    last.snapshot.text === snapshot.text &&
    before?.settings === given.settings &&
    before.enabled === given.enabled
  );
}

interface Examined {
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
  readonly diagnostics: Diagnostic[];
}

interface Examination {
  readonly known: Kept;
  readonly isFresh: boolean;
  readonly ports: Ports;
}

function examine(
  snapshot: Snapshot,
  { enabled, settings }: DocumentSettings,
  { known: { memory, diagnosticsOf }, isFresh, ports }: Examination,
): Examined {
  const { uri, path, text } = snapshot;
  const input = inputOf(snapshot);
  if (!enabled) return { findings: [], crashes: [], diagnostics: diagnosticsOf([]) };
  if (!input) {
    const { problems } = readConfig(path, text);
    return { findings: [], crashes: [], diagnostics: configDiagnostics(text, problems) };
  }
  ports.onCheck(uri);
  const report = lint(input, settings, memory.ledger.facts, { memory, isFresh });
  return {
    get findings() {
      return report.findings;
    },
    crashes: report.crashes,
    diagnostics: diagnosticsOf(report.groups),
  };
}
