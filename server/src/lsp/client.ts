/** What the client at the other end can do, read once from its first message. */
import type { InitializeParams } from 'vscode-languageserver/node';

export interface Client {
  readonly pullsDiagnostics: boolean;
  /** Can be told that all diagnostics may have changed. */
  readonly refreshesDiagnostics: boolean;
  /** Answers `workspace/configuration`. */
  readonly answersConfiguration: boolean;
  /** Lets us say by ourselves what it has to tell us about. */
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  /** Says when folders are added to or removed from the workspace. */
  readonly changesFolders: boolean;
  /** Takes edits that name the version of the document they are for. */
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly appliesEdits: boolean;
  readonly showsDisabledActions: boolean;
  /** Asks for an action's edit when the action is chosen, so that we need not compute it before. */
  readonly resolvesEdits: boolean;
  readonly showsProgress: boolean;
  /** Has the commands of the Dockwright extension: `initializationOptions: { clientCommands: true }`. */
  readonly hasClientCommands: boolean;
}

export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const can = (path: string): boolean => at(capabilities, path) === true;
  const lists = (path: string, value: string): boolean => {
    const list = at(capabilities, path);
    return Array.isArray(list) && list.includes(value);
  };
  return {
    pullsDiagnostics: at(capabilities, 'textDocument.diagnostic') !== undefined,
    refreshesDiagnostics: can('workspace.diagnostics.refreshSupport'),
    answersConfiguration: can('workspace.configuration'),
    registersConfiguration: can('workspace.didChangeConfiguration.dynamicRegistration'),
    registersWatchers: can('workspace.didChangeWatchedFiles.dynamicRegistration'),
    changesFolders: can('workspace.workspaceFolders'),
    versionedEdits: can('workspace.workspaceEdit.documentChanges'),
    createsFiles:
      can('workspace.workspaceEdit.documentChanges') &&
      lists('workspace.workspaceEdit.resourceOperations', 'create'),
    appliesEdits: can('workspace.applyEdit'),
    showsDisabledActions: can('textDocument.codeAction.disabledSupport'),
    resolvesEdits:
      can('textDocument.codeAction.dataSupport') &&
      lists('textDocument.codeAction.resolveSupport.properties', 'edit'),
    showsProgress: can('window.workDoneProgress'),
    hasClientCommands: at(initializationOptions, 'clientCommands') === true,
  };
}

/** The value at a dotted path; undefined where any step of it is missing. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null
          ? (found as Readonly<Record<string, unknown>>)[key]
          : undefined,
      value,
    );
}
