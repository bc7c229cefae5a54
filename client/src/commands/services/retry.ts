/** Try Again: the button under "the engine does not answer". */
import type { Command } from '../app.ts';

export const retry = {
  id: 'dockwright.docker.retry',
  title: 'Connect to Docker Again',
  run: (app) => {
    app.services.refresh();
    return Promise.resolve(undefined);
  },
} as const satisfies Command;
