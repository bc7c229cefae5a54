/** Stop: a service's running containers, those first that others do not need. */
import type { Command } from '../app.ts';
import { onNodes } from './menu.ts';
import { power } from './power.ts';

export const stop = {
  id: 'dockwright.service.stop',
  title: 'Stop',
  icon: 'debug-stop',
  menus: onNodes('stop', 2),
  run: (app, argument) => power(app, argument, 'stop'),
} as const satisfies Command;
