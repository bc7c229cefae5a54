/** Which account a program runs as, by its base image. */
import { parseImage } from '../compose/image.ts';

/** Accounts that official images create for this purpose. */
const accounts: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)node$/, 'node'],
  [/(^|\/)php$/, 'www-data'],
];

/** The account that the base image brings for this, or `otherwise`; none for Windows, which has no such numbers. */
export function userFor(image: string, otherwise: string): string | undefined {
  const { repository, tag = '' } = parseImage(image);
  if (/windows|nanoserver|servercore/i.test(`${repository}:${tag}`)) return undefined;
  return accounts.find(([pattern]) => pattern.test(repository))?.[1] ?? otherwise;
}

/** Images whose program is not root by itself; a Dockerfile on top of them need not do it again. */
export function runsUnprivileged(image: string): boolean {
  const { repository, tag = '' } = parseImage(image);
  return (
    /unprivileged|nonroot|rootless|chiseled/.test(`${repository}:${tag}`) ||
    /^((docker\.io\/)?(bitnami|prom|grafana|jenkins|sonarsource)\/|cgr\.dev\/|gcr\.io\/distroless\/.*nonroot)/.test(
      repository,
    ) ||
    /(^|\/)ubi\d+\/(nodejs|python|php|ruby|openjdk)/.test(repository) ||
    repository.startsWith('quay.io/keycloak/') ||
    // These start as root to set up their folders, and give it up before the program runs.
    /^((docker\.io\/)?library\/)?(elasticsearch|kibana|logstash|solr|postgres|mariadb|mysql|redis|valkey|mongo|rabbitmq|memcached)$/.test(
      repository,
    )
  );
}
