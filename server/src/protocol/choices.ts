/** Actions that would make a menu too long: the server offers one action, and the client asks which of them it shall be. */
import type { ApplyFixesParams } from './fixes.ts';

/** The client's command; its arguments are the question and a list of {@link ActionChoice}. */
export const CHOOSE_ACTION_COMMAND = 'dockwright.chooseAction';

export interface ActionChoice {
  readonly label: string;
  /** Fixes to apply, */
  readonly fix?: ApplyFixesParams;
  /** or the edit to carry out: a `WorkspaceEdit` of the protocol. */
  readonly edit?: unknown;
}
