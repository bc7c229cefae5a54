/** Rules about package managers of distributions. */
import type { Rule } from '../../core/rule.ts';
import type { DockerfileSubject } from '../subject.ts';
import { assumeYes } from './assume-yes.ts';
import { cleanPackageLists } from './clean-package-lists.ts';
import { noApkCache } from './no-apk-cache.ts';
import { noDistUpgrade } from './no-dist-upgrade.ts';
import { noRecommendedPackages } from './no-recommended-packages.ts';
import { noUnpinnedApkPackage } from './no-unpinned-apk-package.ts';
import { noUnpinnedAptPackage } from './no-unpinned-apt-package.ts';
import { noUnpinnedRpmPackage } from './no-unpinned-rpm-package.ts';
import { preferAptGet } from './prefer-apt-get.ts';
import { updateWithInstall } from './update-with-install.ts';

export const packageRules: readonly Rule<DockerfileSubject>[] = [
  assumeYes,
  cleanPackageLists,
  noApkCache,
  preferAptGet,
  noRecommendedPackages,
  noUnpinnedAptPackage,
  noUnpinnedApkPackage,
  noUnpinnedRpmPackage,
  updateWithInstall,
  noDistUpgrade,
];
