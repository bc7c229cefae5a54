/** Asks which of several actions it shall be: called by a code action, where a menu of all would be too long. */
import {
  CHOOSE_ACTION_COMMAND,
  type ActionChoice,
} from '../../../../server/src/protocol/choices.ts';
import type { App, Command, Outcome } from '../app.ts';
import { applyFixes } from './apply.ts';

export const chooseAction = {
  id: CHOOSE_ACTION_COMMAND,
  title: 'Choose an Action',
  palette: 'false',
  run,
} as const satisfies Command;

async function run(app: App, question: unknown, choices: unknown): Outcome {
  if (typeof question !== 'string' || !Array.isArray(choices)) {
    return { message: 'There is nothing to choose from. Use the light bulb on a problem.' };
  }
  const chosen = await app.ui.pick(
    question,
    (choices as readonly ActionChoice[]).map((choice) => ({
      label: choice.label,
      description: '',
      value: choice,
    })),
  );
  if (chosen?.fix) return applyFixes(app, chosen.fix, `of ${chosen.label}`);
  if (!chosen || (await app.server.applyEdit(chosen.edit))) return undefined;
  return { message: 'The file has changed in the meantime, so nothing was done. Try again.' };
}
