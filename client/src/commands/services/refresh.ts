/** Refresh: asks the engine for everything again. */
import type { Command } from '../app.ts';

export const refresh = {
  id: 'dockwright.services.refresh',
  title: 'Refresh Services',
  icon: 'refresh',
  menus: [{ menu: 'view/title', when: 'view == dockwright.services', group: 'navigation@1' }],
  run: (app) => {
    app.services.refresh();
    return Promise.resolve(undefined);
  },
} as const satisfies Command;
