/** Rules about which instructions there are, and in which form they are written. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const instructionRules: readonly Rule<DockerfileSubject>[] = [];
