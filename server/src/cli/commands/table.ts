/** The only list of commands. */
import type { Command } from '../arguments.ts';
import { check } from './check.ts';
import { context } from './context.ts';
import { fix } from './fix.ts';
import { model } from './model.ts';
import { rules } from './rules.ts';

export const commands: readonly Command[] = [check, fix, model, context, rules];
