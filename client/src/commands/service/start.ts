/** Start: a service's stopped containers, in the order of their dependencies. */
import type { Command } from '../app.ts';
import { onNodes } from './menu.ts';
import { power } from './power.ts';

export const start = {
  id: 'dockwright.service.start',
  title: 'Start',
  icon: 'play',
  menus: onNodes('start', 1),
  run: (app, argument) => power(app, argument, 'start'),
} as const satisfies Command;
