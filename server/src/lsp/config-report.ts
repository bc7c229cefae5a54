/** Reports what is wrong in configuration files that count but are not open: nobody would ever ask about those. */
import type { Connection } from 'vscode-languageserver/node';
import type { FileFacts } from '../project/files.ts';
import { configDiagnostics } from './convert.ts';
import type { Documents } from './documents.ts';
import { readConfig, type ConfigFile } from './settings.ts';

export interface ConfigReport {
  /** A configuration file was found to count for some document. */
  readonly found: (config: ConfigFile | undefined) => void;
  /** Files changed, or were opened: what was reported may be over, or told by the open document now. */
  readonly review: () => void;
}

export function configReport(
  connection: Connection,
  documents: Pick<Documents, 'texts' | 'uriOf'> & { readonly facts: FileFacts },
): ConfigReport {
  /** Path → what was last said about it. */
  const said = new Map<string, string>();

  const say = ({ path, text, problems }: ConfigFile): void => {
    const diagnostics = documents.texts.has(path) ? [] : configDiagnostics(text, problems);
    const saying = JSON.stringify(diagnostics);
    if (saying === (said.get(path) ?? '[]')) return;
    if (diagnostics.length > 0) said.set(path, saying);
    else said.delete(path);
    void connection.sendDiagnostics({ uri: documents.uriOf(path), diagnostics });
  };
  return {
    found: (config) => {
      if (config) say(config);
    },
    review: () => {
      for (const path of [...said.keys()]) {
        const exists = documents.facts.kindOf(path) === 'file';
        if (exists) say(readConfig(path, documents.facts.readText(path)));
        else say({ path, text: '', problems: [] });
      }
    },
  };
}
