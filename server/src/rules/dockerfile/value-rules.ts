/** Rules about variables, labels, ports and the casing of keywords. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const valueRules: readonly Rule<DockerfileSubject>[] = [];
