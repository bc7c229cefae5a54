/** What client and server say to each other about the effective model of a project. Imports nothing, so that both sides can see it. */

/** A request of the client. Parameter: {@link ModelParams}; answer: {@link ModelAnswer}, or null where the server failed. */
export const MODEL_REQUEST = 'dockwright/model';

export interface ModelParams {
  /** A Compose file, or another file of a project's folder. */
  readonly uri: string;
  /** The profiles that are switched on; without it, those that COMPOSE_PROFILES names. */
  readonly profiles?: readonly string[];
}

export type ModelAnswer =
  /** There is no project at the place. */
  { readonly kind: 'none' } | ProjectModel;

export interface ProjectModel {
  /**
   * `model`: the text is what Compose would run, as YAML. `refused`: Compose would refuse the project, and the text says
   * why, as comments of YAML.
   */
  readonly kind: 'model' | 'refused';
  /** With LF at the end of each line. */
  readonly text: string;
  /** One for each line of the text. */
  readonly lines: readonly ModelLine[];
  /** The file to ask about again: the same for all files that belong to the same project. */
  readonly main: string;
  /** All profiles that services of the project name, sorted. */
  readonly profiles: readonly ModelProfile[];
  /** The folders of all files that were read: when something in them changes, the model may change. */
  readonly folders: readonly string[];
}

export interface ModelProfile {
  readonly name: string;
  readonly isActive: boolean;
  /** The services that wait for it. */
  readonly services: readonly string[];
}

export interface ModelLine {
  /** The keys and numbers that lead to what stands in the line, joined by dots; empty for a comment. */
  readonly path: string;
  /** Where it is written; in a comment, the place that it is about. */
  readonly at?: ModelPlace;
  /** What brought it here, the last step first. */
  readonly steps: readonly ModelStep[];
}

export interface ModelStep {
  readonly what: string;
  readonly at?: ModelPlace;
}

export interface ModelPlace {
  readonly uri: string;
  /** As the protocol counts: from zero, characters in UTF-16 code units. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}
