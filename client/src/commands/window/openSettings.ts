/** Open Settings: Dockwright's own settings in the settings editor, or the one that a message is about. */
import type { Command } from '../app.ts';

export const openSettings = {
  id: 'dockwright.openSettings',
  title: 'Open Settings',
  menus: [{ menu: 'view/title', when: 'view == dockwright.services', group: '9_window@1' }],
  run: async (app, argument) => {
    // The view's menu hands over things of its own.
    const isId = typeof argument === 'string' && argument.startsWith('dockwright.');
    await app.ui.openSettings(isId ? argument : undefined);
    return undefined;
  },
} as const satisfies Command;
