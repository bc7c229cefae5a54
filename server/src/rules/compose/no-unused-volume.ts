import { unusedRule } from './unused.ts';

export const noUnusedVolume = unusedRule('volumes');
