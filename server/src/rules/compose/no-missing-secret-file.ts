import { missingFileRule } from './missing-source-file.ts';

export const noMissingSecretFile = missingFileRule('secrets', 'secret');
