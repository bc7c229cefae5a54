/** Packages that are installed in whatever version there is on the day of the build. */
import type { Manager, PackageCall } from './packages.ts';
import type { ShellWord } from './shell.ts';

/** Says a version, a range of versions, or a release. */
const pinned: Readonly<Record<Manager, RegExp>> = {
  apt: /=|\//,
  apk: /[=~<>]/,
  // Where the name ends and the version starts, only the archive knows: `java-17-openjdk`, `git-2.47`.
  yum: /-\d/,
  dnf: /-\d|[=<>:]/,
  microdnf: /-\d|[=<>:]/,
  tdnf: /-\d|[=<>]/,
  zypper: /-\d|[=<>:]/,
};

/** Files, addresses, groups, virtual packages, what is to be removed or must not be there, and several at once. */
const NO_PACKAGE = /^[.@!/]|^\w+:\/\/|\.(deb|rpm|apk)$|[$*?[`]|[^+]-$|\/.*\//;

/** Operands of an install that name a package without a version. What the shell fills in is not known. */
export function unpinnedIn({
  manager,
  does,
  of,
  operands,
  options,
}: PackageCall): readonly ShellWord[] {
  const isPattern = manager === 'zypper' && options.some(({ text }) => /^(-t|--type)\b/.test(text));
  if (does !== 'install' || of === 'groups' || isPattern) return [];
  const isPinned = of === 'modules' ? /:/ : pinned[manager];
  return operands.filter(
    ({ text, literal }) => literal && !NO_PACKAGE.test(text) && !isPinned.test(text),
  );
}

/** What a message says of them, to people who install with this manager. */
export function adviceOn(words: readonly ShellWord[], example: string): string {
  const names = words.map(({ text }) => text);
  const last = names.at(-1) ?? '';
  const [listed, verb] =
    names.length === 1 ? [last, 'is'] : [`${names.slice(0, -1).join(', ')} and ${last}`, 'are'];
  return `${listed} ${verb} installed in whatever version there is on the day of the build. Say which one: ${example.replace('NAME', names[0] ?? '')}.`;
}
