/** Rules about stages, and the images and names that they are built from. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const stageRules: readonly Rule<DockerfileSubject>[] = [];
