/** Fix one rule's problems in the whole workspace: called by a code action, with the rule's id. */
import type { App, Command, Outcome } from '../app.ts';
import { applyFixes } from './apply.ts';

export const fixRuleInWorkspace = {
  id: 'dockwright.fix.ruleInWorkspace',
  title: 'Fix All Problems of This Rule in Workspace',
  palette: 'false',
  run,
} as const satisfies Command;

async function run(app: App, argument: unknown): Outcome {
  if (typeof argument !== 'string') {
    return { message: 'No rule was named. Use the light bulb on one of its problems.' };
  }
  return applyFixes(app, { rule: argument, unsafe: true }, `of ${argument} in the workspace`);
}
