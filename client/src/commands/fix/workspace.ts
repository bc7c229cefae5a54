/** Fix All Problems in Workspace: for every Compose file and Dockerfile, after asking how far to go. */
import type { App, Command, Outcome } from '../app.ts';
import { applyFixes } from './apply.ts';

export const fixWorkspace = {
  id: 'dockwright.fix.workspace',
  title: 'Fix All Problems in Workspace',
  run,
} as const satisfies Command;

async function run(app: App): Outcome {
  const unsafe = await app.ui.pick('Which problems should be fixed in the workspace?', [
    {
      label: 'What is safe',
      description: 'The stacks do what they did, and what was missing is added.',
      value: false,
    },
    {
      label: 'Everything',
      description: 'Also what needs an answer from you afterwards: passwords, versions, users.',
      value: true,
    },
  ]);
  return unsafe === undefined ? undefined : applyFixes(app, { unsafe }, 'in the workspace');
}
