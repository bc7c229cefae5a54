import { missingFileRule } from './missing-source-file.ts';

export const noMissingConfigFile = missingFileRule('configs', 'config');
