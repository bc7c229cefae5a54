/** Restart: a service's running containers. */
import type { Command } from '../app.ts';
import { onNodes } from './menu.ts';
import { power } from './power.ts';

export const restart = {
  id: 'dockwright.service.restart',
  title: 'Restart',
  icon: 'debug-restart',
  menus: onNodes('restart', 3),
  run: (app, argument) => power(app, argument, 'restart'),
} as const satisfies Command;
