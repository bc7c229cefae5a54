/** The open documents: their newest texts, what they are, and whether somebody is still typing in them. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments, type Connection } from 'vscode-languageserver/node';
import { CONFIG_NAMES } from '../files/find-config.ts';
import { overlay } from '../files/disk.ts';
import type { FileFacts } from '../project/files.ts';
import { languageOf, type Language } from '../project/language.ts';
import { quietPeriods } from './quiet.ts';

/** A document as it was at one moment. */
export interface Snapshot {
  readonly uri: string;
  /** The editor's version of it; null for a file that is not open. */
  readonly version: number | null;
  readonly text: string;
  /** Absolute path; made up of the name alone where the document is no file of the disk. */
  readonly path: string;
  /** Whether it has neighbours on the disk; not so for an untitled document, or one of another file system. */
  readonly onDisk: boolean;
  readonly kind: Language | 'config';
}

export interface Documents {
  /** The newest state of a document that is ours, open or on the disk. */
  readonly get: (uri: string) => Snapshot | undefined;
  /** The open documents that are ours. */
  readonly open: () => readonly Snapshot[];
  /** Facts of files, unsaved texts before the disk. */
  readonly facts: FileFacts;
  /** Files that are open → their unsaved texts; always the newest. */
  readonly texts: ReadonlyMap<string, string>;
  /** The address of a file, spelled as the client spells it if it is open. */
  readonly uriOf: (path: string) => string;
  /** The version of an open document, or null. */
  readonly versionOf: (uri: string) => number | null;
  /** Resolves once nobody has typed in the document for a moment. */
  readonly settled: (uri: string) => Promise<void>;
  readonly isSettled: (uri: string) => boolean;
}

interface Listener {
  readonly changed: (uri: string) => void;
  readonly closed: (uri: string) => void;
  /** How many milliseconds the last check of a document took. */
  readonly costOf: (uri: string) => number;
}

export function trackDocuments(
  connection: Connection,
  disk: FileFacts,
  listener: Listener,
): Documents {
  const documents = new TextDocuments(TextDocument);
  const texts = new Map<string, string>();
  const openUris = new Map<string, string>();
  const known = new Set<string>();
  const quiet = quietPeriods(listener.costOf);
  const facts = overlay(disk, texts);

  documents.onDidOpen(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) openUris.set(path, document.uri);
  });
  documents.onDidChangeContent(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) texts.set(path, document.getText());
    // Whoever just opened a document does not type in it: its first diagnostics need not wait.
    if (known.has(document.uri)) quiet.touch(document.uri);
    known.add(document.uri);
    listener.changed(document.uri);
  });
  documents.onDidClose(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) {
      texts.delete(path);
      openUris.delete(path);
    }
    known.delete(document.uri);
    quiet.forget(document.uri);
    listener.closed(document.uri);
  });
  documents.listen(connection);

  const get = (uri: string): Snapshot | undefined => {
    const document = documents.get(uri);
    return document ? snapshotOf(document) : snapshotOfFile(uri, disk);
  };
  return {
    get,
    open: () => documents.keys().flatMap((uri) => get(uri) ?? []),
    facts,
    texts,
    uriOf: (path) => openUris.get(path) ?? pathToFileURL(path).href,
    versionOf: (uri) => documents.get(uri)?.version ?? null,
    settled: quiet.settled,
    isSettled: quiet.isSettled,
  };
}

function snapshotOf(document: TextDocument): Snapshot | undefined {
  const path = pathOf(document.uri);
  const place = path ?? nameOf(document.uri);
  const kind = kindOf(place) ?? languageById(document.languageId);
  if (!kind) return undefined;
  const { uri, version } = document;
  return { uri, version, text: document.getText(), path: place, onDisk: path !== undefined, kind };
}

function snapshotOfFile(uri: string, disk: FileFacts): Snapshot | undefined {
  const path = pathOf(uri);
  const kind = path === undefined ? undefined : kindOf(path);
  if (path === undefined || kind === undefined) return undefined;
  const text = disk.readText(path);
  return text === undefined ? undefined : { uri, version: null, text, path, onDisk: true, kind };
}

/** By name, as on the command line, so that both find the same. */
function kindOf(path: string): Snapshot['kind'] | undefined {
  return isConfigPath(path) ? 'config' : languageOf(path);
}

/** Whether a path or an address is one of a configuration file. */
export function isConfigPath(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return CONFIG_NAMES.some((config) => config === name);
}

/** What the editor says counts where the name says nothing. */
function languageById(id: string): Language | undefined {
  if (id === 'dockercompose') return 'compose';
  return id === 'dockerfile' || id === 'dotenv' ? id : undefined;
}

/** The file that an address names; undefined for addresses of anything else. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** `/Untitled-1` for `untitled:Untitled-1`; the address itself where it is none. */
function nameOf(uri: string): string {
  try {
    const { pathname } = new URL(uri);
    return `/${decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))}`;
  } catch {
    return `/${uri.slice(uri.lastIndexOf('/') + 1)}`;
  }
}
