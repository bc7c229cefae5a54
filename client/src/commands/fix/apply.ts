/** What the three fix commands have in common: ask the server, then say what was done and what a person owes now. */
import type { ApplyFixesParams, ApplyFixesResult } from '../../../../server/src/protocol/fixes.ts';
import type { App, Outcome } from '../app.ts';

/** `where` ends the sentence "Fixed 3 problems …". */
export async function applyFixes(app: App, params: ApplyFixesParams, where: string): Outcome {
  const result = await app.server.applyFixes(params);
  if (!result.ok) return result.error;
  const summary = summarise(result.value, where);
  const { answers } = result.value;
  if (answers.length === 0) {
    app.ui.inform(summary);
  } else {
    const owed = `You have to supply ${plural(answers.length, 'answer')} now: ${answers[0] ?? ''}`;
    app.ui.informAtLength(`${summary} ${owed}`, [summary, ...answers.map((each) => `  • ${each}`)]);
  }
  return undefined;
}

function summarise({ fixed, files, remaining }: ApplyFixesResult, where: string): string {
  const rest =
    remaining === 0 ? '' : ` ${plural(remaining, 'problem')} cannot be fixed automatically.`;
  if (fixed === 0) return `There is nothing to fix ${where}.${rest}`;
  const spread = files > 1 ? ` (${files} files)` : '';
  return `Fixed ${plural(fixed, 'problem')} ${where}${spread}.${rest}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
