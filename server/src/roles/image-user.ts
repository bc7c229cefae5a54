/** Which account a program runs as, by its base image. */
import { parseImage } from '../compose/image.ts';

/** Accounts that official images create for this purpose. */
const accounts: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)node$/, 'node'],
  [/(^|\/)php$/, 'www-data'],
];

/** The account that the base image brings for this, or `otherwise`. */
export function userFor(image: string, otherwise: string): string {
  const { repository } = parseImage(image);
  return accounts.find(([pattern]) => pattern.test(repository))?.[1] ?? otherwise;
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
