/** Rules about all other commands that a build runs. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';

export const commandRules: readonly Rule<DockerfileSubject>[] = [];
