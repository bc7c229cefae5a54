/** Rules about variables, labels, ports and the casing of keywords. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { consistentKeywordCasing } from './consistent-keyword-casing.ts';
import { lowerCaseProtocol } from './lower-case-protocol.ts';
import { noHostPortInExpose } from './no-host-port-in-expose.ts';
import { noInvalidPort } from './no-invalid-port.ts';
import { noLegacyAssignment } from './no-legacy-assignment.ts';
import { noSecretInArgOrEnv } from './no-secret-in-arg-or-env.ts';
import { noSelfReferenceInEnv } from './no-self-reference-in-env.ts';
import { noUndefinedVariable } from './no-undefined-variable.ts';
import { noUnusedArgument } from './no-unused-argument.ts';
import { validDirective } from './valid-directive.ts';
import { validLabelName } from './valid-label-name.ts';

export const valueRules: readonly Rule<DockerfileSubject>[] = [
  noLegacyAssignment,
  noSecretInArgOrEnv,
  noSelfReferenceInEnv,
  noUndefinedVariable,
  noInvalidPort,
  noHostPortInExpose,
  lowerCaseProtocol,
  consistentKeywordCasing,
  validLabelName,
  noUnusedArgument,
  validDirective,
];
