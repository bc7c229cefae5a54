/** The only list of rules; drivers, pages and tests take theirs from here. */
import type { Safety } from '../core/edit.ts';
import type { Rule, RuleMeta } from '../core/rule.ts';
import { compareText } from '../core/finding.ts';
import { noCgroupParent } from './compose/no-cgroup-parent.ts';
import { noDangerousCapability } from './compose/no-dangerous-capability.ts';
import { noDatabaseOnHostNetwork } from './compose/no-database-on-host-network.ts';
import { noDefaultBridge } from './compose/no-default-bridge.ts';
import { noDefaultPassword } from './compose/no-default-password.ts';
import { noDisabledAuthentication } from './compose/no-disabled-authentication.ts';
import { noDisabledTlsVerification } from './compose/no-disabled-tls-verification.ts';
import { noDockerSocket } from './compose/no-docker-socket.ts';
import { noFloatingImageTag } from './compose/no-floating-image-tag.ts';
import { noHostCredentialsMount } from './compose/no-host-credentials-mount.ts';
import { noHostDevice } from './compose/no-host-device.ts';
import { noHostIpc } from './compose/no-host-ipc.ts';
import { noHostNetwork } from './compose/no-host-network.ts';
import { noHostPid } from './compose/no-host-pid.ts';
import { noHostUserns } from './compose/no-host-userns.ts';
import { noHostUts } from './compose/no-host-uts.ts';
import { noPrivilegedHostPort } from './compose/no-privileged-host-port.ts';
import { noPrivileged } from './compose/no-privileged.ts';
import { noPublicAdminInterface } from './compose/no-public-admin-interface.ts';
import { noRawDevice } from './compose/no-raw-device.ts';
import { noRootUser } from './compose/no-root-user.ts';
import { noSecretInBuildArgs } from './compose/no-secret-in-build-args.ts';
import { noSensitiveHostMount, noSensitiveHostVolume } from './compose/no-sensitive-host-mount.ts';
import { noSharedDatabaseVolume } from './compose/no-shared-database-volume.ts';
import { noSharedPropagation } from './compose/no-shared-propagation.ts';
import { noSshServer } from './compose/no-ssh-server.ts';
import { noUnboundPort } from './compose/no-unbound-port.ts';
import { noUnconfined } from './compose/no-unconfined.ts';
import { noUnencryptedDockerApi } from './compose/no-unencrypted-docker-api.ts';
import { requireCapDrop } from './compose/require-cap-drop.ts';
import { requireHealthcheck } from './compose/require-healthcheck.ts';
import { requireLogRotation } from './compose/require-log-rotation.ts';
import { requireNetworkSeparation } from './compose/require-network-separation.ts';
import { requireNoNewPrivileges } from './compose/require-no-new-privileges.ts';
import { requireOpenFilesLimit } from './compose/require-open-files-limit.ts';
import { requirePidsLimit } from './compose/require-pids-limit.ts';
import { requireReadOnlyConfigMount } from './compose/require-read-only-config-mount.ts';
import { requireReadOnlyRoot } from './compose/require-read-only-root.ts';
import { requireResourceLimits } from './compose/require-resource-limits.ts';
import { requireResourceReservations } from './compose/require-resource-reservations.ts';
import { requireRestartLimit } from './compose/require-restart-limit.ts';
import { requireRestartPolicy } from './compose/require-restart-policy.ts';
import { requireUser } from './compose/require-user.ts';
import { useDockerSocketProxy } from './compose/use-docker-socket-proxy.ts';
import { missingEnvFile } from './compose/missing-env-file.ts';
import { noDeprecatedExternalName } from './compose/no-deprecated-external-name.ts';
import { noDuplicateContainerName } from './compose/no-duplicate-container-name.ts';
import { noDuplicateHostPort } from './compose/no-duplicate-host-port.ts';
import { noIgnoredKey } from './compose/no-ignored-key.ts';
import { noMismatchedMount } from './compose/no-mismatched-mount.ts';
import { noMissingBuildContext } from './compose/no-missing-build-context.ts';
import { noMissingDockerfile } from './compose/no-missing-dockerfile.ts';
import { noMissingMountSource } from './compose/no-missing-mount-source.ts';
import { noMissingConfigFile } from './compose/no-missing-config-file.ts';
import { noMissingSecretFile } from './compose/no-missing-secret-file.ts';
import { noObsoleteVersion } from './compose/no-obsolete-version.ts';
import { noOldBoolean } from './compose/no-old-boolean.ts';
import { noPortOnInternalNetwork } from './compose/no-port-on-internal-network.ts';
import { noSeveralDefaultFiles } from './compose/no-several-default-files.ts';
import { noSexagesimalPort } from './compose/no-sexagesimal-port.ts';
import { noUnescapedDollar } from './compose/no-unescaped-dollar.ts';
import { noUnhealthyDependency } from './compose/no-unhealthy-dependency.ts';
import { noUnknownBuildArgument } from './compose/no-unknown-build-argument.ts';
import { noUnknownBuildTarget } from './compose/no-unknown-build-target.ts';
import { noUnknownHost } from './compose/no-unknown-host.ts';
import { noUnreachableHost } from './compose/no-unreachable-host.ts';
import { noUnsetVariable } from './compose/no-unset-variable.ts';
import { noUnusedConfig } from './compose/no-unused-config.ts';
import { noUnusedModel } from './compose/no-unused-model.ts';
import { noUnusedNetwork } from './compose/no-unused-network.ts';
import { noUnusedSecret } from './compose/no-unused-secret.ts';
import { noUnusedVolume } from './compose/no-unused-volume.ts';
import { noDefaultGrafanaAdmin } from './compose/no-default-grafana-admin.ts';
import { noImpossibleHealthcheck } from './compose/no-impossible-healthcheck.ts';
import { noInlineSecret } from './compose/no-inline-secret.ts';
import { noLiveDatadirBackup } from './compose/no-live-datadir-backup.ts';
import { noPublishedDatabasePort } from './compose/no-published-database-port.ts';
import { noUnauthenticatedRedis } from './compose/no-unauthenticated-redis.ts';
import { noUnscrapableTarget } from './compose/no-unscrapable-target.ts';
import { requireBackup } from './compose/require-backup.ts';
import { commandRules } from './dockerfile/command-rules.ts';
import { contextRules } from './dockerfile/context-rules.ts';
import { instructionRules } from './dockerfile/instruction-rules.ts';
import { noFloatingBaseImage } from './dockerfile/no-floating-base-image.ts';
import { noIgnoredFailure } from './dockerfile/no-ignored-failure.ts';
import { noImpossibleImageHealthcheck } from './dockerfile/no-impossible-healthcheck.ts';
import { noMissingPackage } from './dockerfile/no-missing-package.ts';
import { requireImageHealthcheck } from './dockerfile/require-healthcheck.ts';
import { requireNonRootUser } from './dockerfile/require-non-root-user.ts';
import { requireOciLabels } from './dockerfile/require-oci-labels.ts';
import { packageRules } from './dockerfile/package-rules.ts';
import { stageRules } from './dockerfile/stage-rules.ts';
import { valueRules } from './dockerfile/value-rules.ts';
import { noBrokenLine } from './dotenv/no-broken-line.ts';
import { noBrokenProjectSetting } from './dotenv/no-broken-project-setting.ts';
import { noDuplicateName } from './dotenv/no-duplicate-name.ts';
import { noUnlistedName } from './dotenv/no-unlisted-name.ts';
import { noUnusedName } from './dotenv/no-unused-name.ts';
import { requireCompleteExample } from './dotenv/require-complete-example.ts';
import { noCrlfScriptInCompose, noCrlfScriptInDockerfile } from './project/no-crlf-script.ts';
import {
  requireDockerignoreInCompose,
  requireDockerignoreInDockerfile,
} from './project/require-dockerignore.ts';
import { projectRefusals, serviceRefusals } from './refusals.ts';
import type {
  DockerfileSubject,
  DotenvSubject,
  ProjectSubject,
  ServiceSubject,
} from './subject.ts';

/** In the order in which fixes are tried: limits come before the reservations that are a share of them. */
export const serviceRules: readonly Rule<ServiceSubject>[] = [
  ...serviceRefusals,
  missingEnvFile,
  noSexagesimalPort,
  noOldBoolean,
  noMissingBuildContext,
  noMissingDockerfile,
  noUnknownBuildTarget,
  noUnknownBuildArgument,
  noMissingMountSource,
  noMismatchedMount,
  requireRestartPolicy,
  requireHealthcheck,
  requireResourceLimits,
  requireResourceReservations,
  requireLogRotation,
  noFloatingImageTag,
  noDefaultPassword,
  noInlineSecret,
  noPublishedDatabasePort,
  noUnauthenticatedRedis,
  noDefaultGrafanaAdmin,
  noImpossibleHealthcheck,
  noCrlfScriptInCompose,
  requireReadOnlyConfigMount,
  noCgroupParent,
  noDangerousCapability,
  noDatabaseOnHostNetwork,
  noDefaultBridge,
  noDisabledAuthentication,
  noDisabledTlsVerification,
  noDockerSocket,
  noHostCredentialsMount,
  noHostDevice,
  noHostIpc,
  noHostNetwork,
  noHostPid,
  noHostUserns,
  noHostUts,
  noPrivilegedHostPort,
  noPrivileged,
  noPublicAdminInterface,
  noRawDevice,
  noRootUser,
  noSecretInBuildArgs,
  noSensitiveHostMount,
  noSharedPropagation,
  noSshServer,
  noUnboundPort,
  noUnconfined,
  noUnencryptedDockerApi,
  requireCapDrop,
  requireNoNewPrivileges,
  requireOpenFilesLimit,
  requirePidsLimit,
  requireReadOnlyRoot,
  requireRestartLimit,
  requireUser,
  useDockerSocketProxy,
];

/** What takes more than one service to see. */
export const projectRules: readonly Rule<ProjectSubject>[] = [
  ...projectRefusals,
  noUnescapedDollar,
  noUnsetVariable,
  noUnhealthyDependency,
  noDuplicateHostPort,
  noDuplicateContainerName,
  noPortOnInternalNetwork,
  noUnreachableHost,
  noUnknownHost,
  noIgnoredKey,
  noUnusedNetwork,
  noUnusedVolume,
  noUnusedSecret,
  noUnusedConfig,
  noUnusedModel,
  noMissingSecretFile,
  noMissingConfigFile,
  noObsoleteVersion,
  noDeprecatedExternalName,
  noSeveralDefaultFiles,
  requireDockerignoreInCompose,
  noSensitiveHostVolume,
  noSharedDatabaseVolume,
  noLiveDatadirBackup,
  requireBackup,
  noUnscrapableTarget,
  requireNetworkSeparation,
];

/** USER comes last, so that nothing behind it still needs root. */
export const dockerfileRules: readonly Rule<DockerfileSubject>[] = [
  noMissingPackage,
  noIgnoredFailure,
  noFloatingBaseImage,
  noCrlfScriptInDockerfile,
  requireOciLabels,
  noImpossibleImageHealthcheck,
  requireImageHealthcheck,
  requireNonRootUser,
  requireDockerignoreInDockerfile,
  ...stageRules,
  ...instructionRules,
  ...valueRules,
  ...packageRules,
  ...commandRules,
  ...contextRules,
];

/** For env files that a Compose file reads. */
export const dotenvRules: readonly Rule<DotenvSubject>[] = [
  noBrokenLine,
  noBrokenProjectSetting,
  noDuplicateName,
  noUnusedName,
  noUnlistedName,
  requireCompleteExample,
];

/** In the order in which fixes are tried. */
export const ruleOrder: readonly string[] = [
  ...serviceRules,
  ...projectRules,
  ...dockerfileRules,
  ...dotenvRules,
].map(({ id }) => id);

export interface RuleInfo {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly safety: Safety | undefined;
}

/** Every rule once, sorted by id. */
export const allRules: readonly RuleInfo[] = [
  ...new Map<string, RuleInfo>(
    [...serviceRules, ...projectRules, ...dockerfileRules, ...dotenvRules].map((rule) => [
      rule.id,
      rule,
    ]),
  ).values(),
].sort((a, b) => compareText(a.id, b.id));

const aliases = allRules.flatMap(({ id, meta }) =>
  meta.aliases.map((alias) => [alias, id] as const),
);

/** Every name that a rule goes by, and the rule: its id, and each alias with and without its tool. */
const names: readonly (readonly [string, string])[] = [
  ...allRules.map(({ id }) => [id, id] as const),
  ...aliases,
  ...aliases.map(([alias, id]) => [alias.slice(alias.indexOf(':') + 1), id] as const),
];

/** Our own names first: what "did you mean" chooses from. */
export const ruleNames: readonly string[] = names.map(([name]) => name);

const idByName: ReadonlyMap<string, string> = new Map(
  names.map(([name, id]) => [name.toLowerCase(), id]),
);

/** The id of a rule by any of its names, whatever their case; undefined for a name that no rule has. */
export function resolveRuleId(name: string): string | undefined {
  return idByName.get(name.toLowerCase());
}

/** Where a rule is explained. */
export function rulePageUrl(id: string): string {
  return `https://github.com/dockwright/dockwright/blob/main/docs/rules/${id}.md`;
}
