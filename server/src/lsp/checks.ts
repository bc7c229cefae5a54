/** Checks documents, each state of them once. */
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Settings } from '../config/settings.ts';
import type { Finding } from '../core/finding.ts';
import { lint, type Crash, type Input } from '../engine/lint.ts';
import type { FileFacts } from '../project/files.ts';
import { configDiagnostics, diagnosticsOf } from './convert.ts';
import type { Documents, Snapshot } from './documents.ts';
import type { CrashLog } from './guard.ts';
import { remember, type Remembered } from './remember.ts';
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

interface Kept {
  readonly text: string;
  readonly version: number | null;
  readonly settings: Settings;
  readonly enabled: boolean;
  readonly checked: Remembered<Checked>;
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

  const check = (snapshot: Snapshot, given: DocumentSettings, facts: FileFacts): Checked => {
    const { findings, crashes, diagnostics } = examine(snapshot, given, facts, ports);
    ports.crashed(crashes);
    const before = kept.get(snapshot.uri)?.checked.value;
    const resultId =
      before && isSame(before, snapshot, diagnostics) ? before.resultId : String(++results);
    return { snapshot, settings: given.settings, findings, diagnostics, resultId };
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
      const known = kept.get(uri);
      if (known && isFor(known, snapshot, given) && known.checked.holds(facts)) {
        return known.checked.value;
      }
      const checked = remember(facts, (asking) => check(snapshot, given, asking));
      if (snapshot.version !== null) {
        const { text, version } = snapshot;
        const { settings: used, enabled } = given;
        kept.set(uri, { text, version, settings: used, enabled, checked });
      }
      return checked.value;
    },
    forget: (uri) => kept.delete(uri),
  };
}

/** Diagnostics carry the version that they are for, so only empty lists stay the same through an edit. */
function isSame(before: Checked, { version }: Snapshot, diagnostics: Diagnostic[]): boolean {
  if (before.diagnostics.length !== diagnostics.length) return false;
  if (diagnostics.length === 0) return true;
  return (
    before.snapshot.version === version &&
    JSON.stringify(before.diagnostics) === JSON.stringify(diagnostics)
  );
}

function isFor(kept: Kept, { text, version }: Snapshot, given: DocumentSettings): boolean {
  return (
    kept.version === version &&
    kept.text === text &&
    kept.settings === given.settings &&
    kept.enabled === given.enabled
  );
}

interface Examined {
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
  readonly diagnostics: Diagnostic[];
}

function examine(
  snapshot: Snapshot,
  { enabled, settings }: DocumentSettings,
  facts: FileFacts,
  { documents, onCheck }: Ports,
): Examined {
  const { uri, path, text } = snapshot;
  const input = inputOf(snapshot);
  if (!enabled) return { findings: [], crashes: [], diagnostics: [] };
  if (!input) {
    const { problems } = readConfig(path, text);
    return { findings: [], crashes: [], diagnostics: configDiagnostics(text, problems) };
  }
  onCheck(uri);
  const { findings, crashes } = lint(input, settings, facts);
  return { findings, crashes, diagnostics: diagnosticsOf(snapshot, findings, documents) };
}
