/** Show Output: the channel in which the extension says what it did, and what went wrong. */
import type { Command } from '../app.ts';

export const showOutput = {
  id: 'dockwright.showOutput',
  title: 'Show Output',
  menus: [{ menu: 'view/title', when: 'view == dockwright.services', group: '9_window@2' }],
  run: (app) => {
    app.ui.showOutput();
    return Promise.resolve(undefined);
  },
} as const satisfies Command;
