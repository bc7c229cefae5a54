/** Rules about what a build takes from elsewhere: its context, and the images that it starts from. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { noCopyFromOutside } from './no-copy-from-outside.ts';
import { noEndedBaseImage } from './no-ended-base-image.ts';
import { noIgnoredCopySource } from './no-ignored-copy-source.ts';
import { noMissingCopySource } from './no-missing-copy-source.ts';

export const contextRules: readonly Rule<DockerfileSubject>[] = [
  noEndedBaseImage,
  noCopyFromOutside,
  noIgnoredCopySource,
  noMissingCopySource,
];
