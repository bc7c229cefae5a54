/** Rules about package managers of distributions. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const packageRules: readonly Rule<DockerfileSubject>[] = [];
