import { unusedRule } from './unused.ts';

export const noUnusedModel = unusedRule('models');
