/** Which release of a distribution an image is made of, as far as its name says so. */
import { parseImage } from '../compose/image.ts';
import { shortPath } from './image-contents.ts';

/** Official images that name the release of Debian in their tags. */
const ON_DEBIAN =
  /^(buildpack-deps|debian|eclipse-temurin|gcc|golang|haskell|httpd|mariadb|memcached|mysql|nextcloud|nginx|node|openjdk|perl|php|postgres|python|redis|ruby|rust|tomcat|wordpress)$/;

const DEBIAN: readonly (readonly [RegExp, string])[] = [
  [/(^|-)bookworm(-|$)/, 'Debian 12'],
  [/(^|-)bullseye(-|$)/, 'Debian 11'],
  [/(^|-)buster(-|$)/, 'Debian 10'],
];

const UBUNTU: readonly (readonly [RegExp, string])[] = [
  [/^(jammy|22\.04)(-|$)/, 'Ubuntu 22.04'],
  [/^(focal|20\.04)(-|$)/, 'Ubuntu 20.04'],
  [/^(bionic|18\.04)(-|$)/, 'Ubuntu 18.04'],
];

/** A release from before libraries were renamed for a time of 64 bits; undefined for a later one, and where nobody knows. */
export function releaseBefore64BitTime(image: string): string | undefined {
  const { repository, tag = '' } = parseImage(image);
  const path = shortPath(repository);
  const named = (list: readonly (readonly [RegExp, string])[]): string | undefined =>
    list.find(([pattern]) => pattern.test(tag))?.[1];
  if (path === 'ubuntu') return named(UBUNTU);
  const number = path === 'debian' ? /^(\d+)(?=[.-]|$)/.exec(tag)?.[1] : undefined;
  if (number !== undefined) return Number(number) < 13 ? `Debian ${number}` : undefined;
  return ON_DEBIAN.test(path) ? named(DEBIAN) : undefined;
}
