import { unusedRule } from './unused.ts';

export const noUnusedSecret = unusedRule('secrets');
