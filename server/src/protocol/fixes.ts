/** What client and server say to each other about applying fixes. Imports nothing, so that both sides can see it. */

/**
 * The server command that computes fixes and applies them through `workspace/applyEdit`.
 * Argument: one {@link ApplyFixesParams}; answer: {@link ApplyFixesResult}.
 */
export const APPLY_FIXES_COMMAND = 'dockwright.server.applyFixes';

export interface ApplyFixesParams {
  /** The document to fix; without it, every file of the workspace. */
  readonly uri?: string;
  /** One rule's id; without it, all rules. */
  readonly rule?: string;
  /** Also the fixes that need a person's answer afterwards (a password, a version). */
  readonly unsafe: boolean;
}

export interface ApplyFixesResult {
  /** How many findings were fixed. */
  readonly fixed: number;
  /** How many files were changed. */
  readonly files: number;
  /** Findings (of the rule that was asked for) that are still there, in all files that were looked at. */
  readonly remaining: number;
  /** What a person has to supply now: one sentence each. */
  readonly answers: readonly string[];
}
