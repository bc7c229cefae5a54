/** What a command may use: ports, so that a command is tested with a literal object and no editor. */
import type { ApplyFixesParams, ApplyFixesResult } from '../../../server/src/protocol/fixes.ts';
import type { ModelAnswer, ModelParams } from '../../../server/src/protocol/model.ts';
import type { Engine } from '../docker/engine.ts';
import type { Advice, EngineFailure, Result } from '../docker/failure.ts';
import type { Tree } from '../services/nodes.ts';

export interface Choice<T> {
  readonly label: string;
  readonly description: string;
  readonly value: T;
}

export interface LogChannel {
  readonly write: (line: string) => void;
  readonly clear: () => void;
  readonly show: () => void;
}

export interface Ui {
  readonly inform: (message: string) => void;
  /** With one button that shows the file in the editor's explorer. */
  readonly informOfFile: (message: string, path: string) => void;
  /** A short sentence, and the whole text in the output channel behind a button. */
  readonly informAtLength: (message: string, text: readonly string[]) => void;
  readonly pick: <T>(question: string, choices: readonly Choice<T>[]) => Promise<T | undefined>;
  /** Several of the choices, those of `chosen` to begin with; undefined when the person gave up. */
  readonly pickMany: <T>(
    question: string,
    choices: readonly Choice<T>[],
    chosen: readonly T[],
  ) => Promise<readonly T[] | undefined>;
  /** Asks before something that cannot be undone at once; true only when `button` was pressed. */
  readonly confirm: (question: string, detail: string, button: string) => Promise<boolean>;
  /** Progress at the top of the Services view. */
  readonly inView: <T>(work: () => Promise<T>) => Promise<T>;
  /** Progress in a notification with a Cancel button, which fires the signal. */
  readonly cancellable: <T>(
    title: string,
    work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  /** The same channel for the same id. */
  readonly logChannel: (id: string, name: string) => LogChannel;
  readonly showOutput: () => void;
  /** All settings of Dockwright, or the one with this id, where its value can be changed. */
  readonly openSettings: (id?: string) => Promise<void>;
  /** The document that a person is looking at. */
  readonly activeDocument: () => { readonly uri: string; readonly name: string } | undefined;
}

export interface App {
  readonly ui: Ui;
  /** Finds the engine anew; nothing is asked of it yet. */
  readonly connect: () => Promise<Result<Engine, EngineFailure>>;
  readonly services: {
    /** What the view shows now. */
    readonly tree: () => Tree;
    /** Asks the engine again from the start. */
    readonly refresh: () => void;
  };
  readonly server: {
    readonly applyFixes: (params: ApplyFixesParams) => Promise<Result<ApplyFixesResult, Advice>>;
    /** Carries out an edit that the server offered; false when the document has moved on. */
    readonly applyEdit: (edit: unknown) => Promise<boolean>;
    readonly model: (params: ModelParams) => Promise<Result<ModelAnswer, Advice>>;
  };
  readonly models: {
    /** Shows the effective model of the project of a file, read-only; what is shown follows the files. */
    readonly show: (file: string) => Promise<void>;
    /** The files whose effective model is shown where the person looks; undefined where something else is. */
    readonly shown: () => string | undefined;
    /** Profiles that were chosen, by the main file of the project: kept as long as the window is open. */
    readonly profiles: Map<string, readonly string[]>;
  };
  readonly backups: {
    /** The folder of all backups, absolute; `undefined` when there is no place for one. */
    readonly folder: () => string | undefined;
    /** A path as a person would name it: from the workspace's folder when it lies in there. */
    readonly show: (path: string) => string;
    readonly now: () => Date;
  };
  /** Nodes whose log is followed at this moment. */
  readonly followed: Set<string>;
  /** Fires when the extension is switched off. */
  readonly lifetime: AbortSignal;
}

/** What a command has to tell when it did not do its work; `undefined` when it did, or when its person gave up. */
export type Outcome = Promise<Advice | undefined>;

export interface Command {
  readonly id: string;
  readonly title: string;
  /** Name of one of the editor's own icons. */
  readonly icon?: string;
  /** Where it stands besides the palette; `group` is the menu's group and place. */
  readonly menus?: readonly {
    readonly menu: string;
    readonly when: string;
    readonly group: string;
  }[];
  /** A key, or keys one after the other, as the editor writes them: `ctrl+k v`. */
  readonly keys?: { readonly key: string; readonly mac: string; readonly when: string };
  /** When the palette offers it; always, when left out. */
  readonly palette?: string;
  /** What the editor hands over: a node of the tree, or the arguments of a code action's command. */
  readonly run: (app: App, ...args: readonly unknown[]) => Outcome;
}
