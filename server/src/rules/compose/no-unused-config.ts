import { unusedRule } from './unused.ts';

export const noUnusedConfig = unusedRule('configs');
