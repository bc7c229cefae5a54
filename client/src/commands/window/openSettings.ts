/** Open Settings: Dockwright's own settings in the settings editor. */
import type { Command } from '../app.ts';

export const openSettings = {
  id: 'dockwright.openSettings',
  title: 'Open Settings',
  menus: [{ menu: 'view/title', when: 'view == dockwright.services', group: '9_window@1' }],
  run: async (app) => {
    await app.ui.openSettings();
    return undefined;
  },
} as const satisfies Command;
