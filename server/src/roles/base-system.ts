/** Which system a base image is made of, as far as its name tells. */
import { parseImage } from '../compose/image.ts';
import { shortPath } from './image-contents.ts';

type BaseSystem = 'busybox' | 'debian' | 'windows';

/** Official images that are Debian's, or Ubuntu's, wherever their tag names no other system. */
const DEBIAN =
  /^(debian|ubuntu|python|node|ruby|golang|rust|php|perl|buildpack-deps|gcc|postgres|mariadb|redis|nginx|httpd|tomcat|wordpress|nextcloud|drupal|erlang|elixir|haskell|julia|pypy)$/;

const OTHERS = /alpine|ubi|oracle|rocky|fedora|centos|amazon|windows|nanoserver|alinux|mariner/;

/** Undefined where the name does not tell; `busybox` stands for Alpine, too. */
export function baseSystemOf(image: string): BaseSystem | undefined {
  const { repository, tag = '' } = parseImage(image);
  const path = shortPath(repository);
  if (/windows|nanoserver|servercore/i.test(image)) return 'windows';
  if (/^(alpine|busybox)$|\/alpine$/.test(path) || tag.includes('alpine')) return 'busybox';
  // What the build decides may be anything.
  if (/[$?]/.test(image)) return undefined;
  return DEBIAN.test(path) && !OTHERS.test(tag) ? 'debian' : undefined;
}
