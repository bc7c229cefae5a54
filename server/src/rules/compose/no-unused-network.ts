import { unusedRule } from './unused.ts';

export const noUnusedNetwork = unusedRule('networks');
