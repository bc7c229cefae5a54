/** Rules about stages, and the images and names that they are built from. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { consistentAsCasing } from './consistent-as-casing.ts';
import { lowerCaseStageName } from './lower-case-stage-name.ts';
import { noConstantPlatform } from './no-constant-platform.ts';
import { noCopyFromItself } from './no-copy-from-itself.ts';
import { noCopyOverRoot } from './no-copy-over-root.ts';
import { noDuplicateStageName } from './no-duplicate-stage-name.ts';
import { noEmptyDefaultImage } from './no-empty-default-image.ts';
import { noRedundantPlatform } from './no-redundant-platform.ts';
import { noReservedStageName } from './no-reserved-stage-name.ts';
import { noUndefinedFromVariable } from './no-undefined-from-variable.ts';
import { noUnknownStage } from './no-unknown-stage.ts';
import { onlyArgBeforeFrom } from './only-arg-before-from.ts';

export const stageRules: readonly Rule<DockerfileSubject>[] = [
  noUnknownStage,
  noCopyFromItself,
  noDuplicateStageName,
  noReservedStageName,
  lowerCaseStageName,
  consistentAsCasing,
  noUndefinedFromVariable,
  noEmptyDefaultImage,
  onlyArgBeforeFrom,
  noRedundantPlatform,
  noConstantPlatform,
  noCopyOverRoot,
];
