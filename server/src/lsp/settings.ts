/** Which settings count for a document: its configuration file, the editor's settings, and the defaults. */
import { dirname } from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { parseConfig, type ConfigProblem } from '../config/parse.ts';
import { defaultSettings, type Settings } from '../config/settings.ts';
import { presets, type Preset } from '../core/rule.ts';
import { findConfig } from '../files/find-config.ts';
import { ignoredBy } from '../files/ignored.ts';
import type { FileFacts } from '../project/files.ts';
import { allRules, resolveRuleId, ruleNames } from '../rules/registry.ts';
import { at, type Client } from './client.ts';
import type { Documents, Snapshot } from './documents.ts';
import { logError } from './guard.ts';
import { remember, type Remembered } from './remember.ts';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly problems: readonly ConfigProblem[];
}

export interface DocumentSettings {
  /** False where the editor's settings switch us off, or the configuration ignores the file. */
  readonly enabled: boolean;
  /** The same object as long as nothing changed. */
  readonly settings: Settings;
  readonly config: ConfigFile | undefined;
}

export interface SettingsSource {
  readonly of: (snapshot: Snapshot) => Promise<DocumentSettings>;
  /** The editor's settings changed; `pushed` is what it sent along, for clients that cannot be asked. */
  readonly editorChanged: (pushed: unknown) => void;
  readonly forget: (uri: string) => void;
}

interface EditorSettings {
  readonly enable: boolean;
  readonly preset: Preset | undefined;
}

interface FolderSettings {
  readonly settings: Settings;
  readonly isIgnored: (path: string) => boolean;
  readonly config: ConfigFile;
}

export function settingsSource(
  connection: Connection,
  client: () => Client,
  documents: Pick<Documents, 'facts'>,
): SettingsSource {
  const byFolder = new Map<string, Remembered<FolderSettings | undefined>>();
  const byUri = new Map<string, Promise<EditorSettings>>();
  let pushed: unknown;

  const editorSettings = (uri: string): Promise<EditorSettings> => {
    if (!client().answersConfiguration) return Promise.resolve(editorSettingsFrom(pushed));
    const known = byUri.get(uri);
    if (known) return known;
    const asked = askEditor(connection, uri);
    byUri.set(uri, asked);
    return asked;
  };
  const folderSettings = (path: string): FolderSettings | undefined => {
    const folder = dirname(path);
    const known = byFolder.get(folder);
    if (known?.holds(documents.facts)) return known.value;
    const found = remember(documents.facts, (facts) => readConfigFor(path, facts));
    byFolder.set(folder, found);
    return found.value;
  };
  return {
    of: async ({ uri, path, onDisk }) => {
      const { enable, preset } = await editorSettings(uri);
      if (!onDisk) return { enabled: enable, settings: loneSettings(preset), config: undefined };
      const folder = folderSettings(path);
      if (!folder) return { enabled: enable, settings: presetSettings(preset), config: undefined };
      const { settings, config, isIgnored } = folder;
      return { enabled: enable && !isIgnored(path), settings, config };
    },
    editorChanged: (settings) => {
      pushed = at(settings, 'dockwright');
      byUri.clear();
    },
    forget: (uri) => byUri.delete(uri),
  };
}

async function askEditor(connection: Connection, uri: string): Promise<EditorSettings> {
  try {
    const answer: unknown = await connection.workspace.getConfiguration({
      scopeUri: uri,
      section: 'dockwright',
    });
    return editorSettingsFrom(answer);
  } catch (error) {
    logError(connection, 'asking for the settings', error);
    return editorSettingsFrom(undefined);
  }
}

function editorSettingsFrom(section: unknown): EditorSettings {
  const preset = at(section, 'preset');
  return {
    enable: at(section, 'enable') !== false,
    preset: presets.find((known) => known === preset),
  };
}

/** The configuration file that counts for a file, read; undefined where there is none. */
function readConfigFor(path: string, facts: FileFacts): FolderSettings | undefined {
  const configPath = findConfig(path, facts);
  if (configPath === undefined) return undefined;
  const { settings, ...config } = readConfig(configPath, facts.readText(configPath));
  return { settings, config, isIgnored: ignoredBy(settings) };
}

/** Reads a configuration file; `text` is undefined where the disk does not give it as text. */
export function readConfig(
  path: string,
  text: string | undefined,
): ConfigFile & { readonly settings: Settings } {
  const { settings, problems } = parseConfig(text ?? '', dirname(path), resolveRuleId, ruleNames);
  const unreadable = {
    message:
      'This configuration file cannot be read, so defaults apply. Check that it is UTF-8 text and that you may read it.',
    span: { start: 0, end: 0 },
  };
  return {
    path,
    text: text ?? '',
    settings,
    problems: text === undefined ? [unreadable] : problems,
  };
}

/** Without a configuration file, the editor's preset counts; with one, the file does, as in the terminal. */
const withPreset: ReadonlyMap<Preset | undefined, Settings> = new Map<Preset | undefined, Settings>(
  [
    [undefined, defaultSettings],
    ...presets.map((preset) => [preset, { ...defaultSettings, preset }] as const),
  ],
);

function presetSettings(preset: Preset | undefined): Settings {
  return withPreset.get(preset) ?? defaultSettings;
}

const ofProjects = allRules.filter(({ id }) => id.startsWith('project/'));

/** A document that is no file has no neighbours, so what the rules of projects would say of them is not true. */
const withoutProject: ReadonlyMap<Preset | undefined, Settings> = new Map(
  [...withPreset].map(([preset, settings]) => [
    preset,
    { ...settings, rules: new Map(ofProjects.map(({ id }) => [id, 'off' as const])) },
  ]),
);

function loneSettings(preset: Preset | undefined): Settings {
  return withoutProject.get(preset) ?? defaultSettings;
}
