/** Rules about which instructions there are, and in which form they are written. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { noBlankContinuation } from './no-blank-continuation.ts';
import { noInvalidFlag } from './no-invalid-flag.ts';
import { noMaintainer } from './no-maintainer.ts';
import { noNestedOnbuild } from './no-nested-onbuild.ts';
import { noRelativeCopyDestination } from './no-relative-copy-destination.ts';
import { noRepeatedInstruction } from './no-repeated-instruction.ts';
import { noSingleQuotedList } from './no-single-quoted-list.ts';
import { numericUser } from './numeric-user.ts';
import { preferCopy } from './prefer-copy.ts';
import { preferListForm } from './prefer-list-form.ts';
import { requireAbsoluteWorkdir } from './require-absolute-workdir.ts';
import { requireSlashBehindFolder } from './require-slash-behind-folder.ts';

export const instructionRules: readonly Rule<DockerfileSubject>[] = [
  noRepeatedInstruction,
  noMaintainer,
  noBlankContinuation,
  noSingleQuotedList,
  preferListForm,
  noNestedOnbuild,
  requireAbsoluteWorkdir,
  noRelativeCopyDestination,
  requireSlashBehindFolder,
  preferCopy,
  numericUser,
  noInvalidFlag,
];
