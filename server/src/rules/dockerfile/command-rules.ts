/** Rules about all other commands that a build runs. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { mergeRuns } from './merge-runs.ts';
import { noCd } from './no-cd.ts';
import { noCurlIntoShell } from './no-curl-into-shell.ts';
import { noLogInitForLargeUid } from './no-log-init-for-large-uid.ts';
import { noMixedDownloaders } from './no-mixed-downloaders.ts';
import { noPipCache } from './no-pip-cache.ts';
import { noShellRelink } from './no-shell-relink.ts';
import { noSudo } from './no-sudo.ts';
import { noUncheckedCertificate } from './no-unchecked-certificate.ts';
import { noUnpinnedGem } from './no-unpinned-gem.ts';
import { noUnpinnedGoModule } from './no-unpinned-go-module.ts';
import { noUnpinnedNpmPackage } from './no-unpinned-npm-package.ts';
import { noUnpinnedPipPackage } from './no-unpinned-pip-package.ts';
import { noUselessProgram } from './no-useless-program.ts';
import { noYarnCache } from './no-yarn-cache.ts';
import { requirePipefail } from './require-pipefail.ts';
import { wgetProgress } from './wget-progress.ts';

export const commandRules: readonly Rule<DockerfileSubject>[] = [
  noSudo,
  noPipCache,
  noUnpinnedPipPackage,
  noUnpinnedNpmPackage,
  noUnpinnedGem,
  noUnpinnedGoModule,
  requirePipefail,
  noCd,
  noUselessProgram,
  noMixedDownloaders,
  wgetProgress,
  noLogInitForLargeUid,
  noShellRelink,
  noYarnCache,
  noUncheckedCertificate,
  noCurlIntoShell,
  mergeRuns,
];
