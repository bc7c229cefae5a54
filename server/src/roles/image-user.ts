/** Which account a program runs as, by its base image. */
import { parseImage } from '../compose/image.ts';

/** Works everywhere, since a number needs no entry in /etc/passwd; above the range that distributions hand out. */
const NUMERIC = '10001:10001';

/** Accounts that official images create for this purpose. */
const accounts: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)node$/, 'node'],
  [/(^|\/)php$/, 'www-data'],
  [/(^|\/)(rust|golang|python|ruby|debian|ubuntu|alpine|eclipse-temurin)$/, NUMERIC],
];

export function userFor(image: string): string {
  const { repository } = parseImage(image);
  return accounts.find(([pattern]) => pattern.test(repository))?.[1] ?? NUMERIC;
}

/** Images that set another user than root themselves; a Dockerfile on top of them need not do it again. */
export function runsUnprivileged(image: string): boolean {
  const { repository, tag = '' } = parseImage(image);
  return (
    /unprivileged|nonroot|rootless/.test(`${repository}:${tag}`) ||
    /^((docker\.io\/)?(bitnami|prom|grafana|jenkins|sonarsource)\/|cgr\.dev\/|gcr\.io\/distroless\/.*nonroot)/.test(
      repository,
    ) ||
    /^(docker\.io\/library\/)?(grafana|elasticsearch|kibana|logstash|solr)$/.test(repository)
  );
}
