/** A folder for one test, gone when the test is over. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CreateFileOptions } from 'vscode-languageserver/node';

/** Its absolute path. It counts as the top of a repository, so that nothing above it matters. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dockwright-lsp-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    save(join(folder, name), text);
  }
  return folder;
}

/** The address of a file in a folder; what is an address already stays as it is. */
export function uriOf(folder: string, name: string): string {
  return /^[a-z-]+:/.test(name) ? name : pathToFileURL(join(folder, name)).href;
}

export function save(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Makes an empty file as a workspace edit asks for it; throws where it exists and nothing is said about that. */
export function create(path: string, options: CreateFileOptions = {}): void {
  const flag = options.overwrite ? 'w' : options.ignoreIfExists ? 'a' : 'wx';
  writeFileSync(path, '', { flag });
}
