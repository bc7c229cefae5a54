/** Calls of package managers, as far as rules about them ask: what is done to which packages, and with which options. */
import { programIn, type ShellCommand, type ShellWord } from './shell.ts';

/** Those that take the same words are one: apt-get and aptitude are `apt`, dnf5 is `dnf`. */
export type Manager = 'apt' | 'apk' | 'yum' | 'dnf' | 'microdnf' | 'tdnf' | 'zypper';

/** `update` is of the lists alone, `upgrade` of what is installed. */
export type Does = 'install' | 'remove' | 'update' | 'upgrade' | 'clean' | 'other';

export interface PackageCall {
  readonly manager: Manager;
  readonly program: ShellWord;
  /** The program without its folder: `apt-get`. */
  readonly name: string;
  /** What is done, as it is written; of `dnf group install` the last word. */
  readonly verb: ShellWord;
  readonly does: Does;
  /** What the operands are names of. */
  readonly of: 'packages' | 'groups' | 'modules';
  /** In front of the verb and behind it, without the values that stand in words of their own. */
  readonly options: readonly ShellWord[];
  readonly operands: readonly ShellWord[];
}

const programs: ReadonlyMap<string, Manager> = new Map([
  ['apt', 'apt'],
  ['apt-get', 'apt'],
  ['aptitude', 'apt'],
  ['apk', 'apk'],
  ['yum', 'yum'],
  ['dnf', 'dnf'],
  ['dnf4', 'dnf'],
  ['dnf5', 'dnf'],
  ['microdnf', 'microdnf'],
  ['tdnf', 'tdnf'],
  ['zypper', 'zypper'],
]);

interface Grammar {
  /** Options with a value in the next word, unless `=` stands in their own. */
  readonly valued: RegExp;
  readonly does: readonly (readonly [RegExp, Does])[];
}

const rpm: Grammar = {
  valued:
    /^(-[cedRx]|--(config|setopt|repo|repoid|repofrompath|enablerepo|disablerepo|installroot|releasever|exclude|excludepkgs|disableexcludes|enableplugin|disableplugin|advisory|advisories|bzs?|cves?|sec-severity|forcearch|downloaddir|destdir|comment|color|debuglevel|errorlevel|rpmverbosity|randomwait))$/,
  does: [
    [/^(install|in|reinstall|localinstall|groupinstall|install-n)$/, 'install'],
    [/^(remove|rm|erase|autoremove|groupremove)$/, 'remove'],
    [/^(makecache|check-update)$/, 'update'],
    [/^(update|up|upgrade|update-minimal|upgrade-minimal|distro-sync|dist-sync|dsync)$/, 'upgrade'],
    [/^clean$/, 'clean'],
  ],
};

const grammars: Readonly<Record<Manager, Grammar>> = {
  apt: {
    valued:
      /^(-[toacP]|--(target-release|default-release|option|config-file|host-architecture|build-profiles))$/,
    does: [
      [/^(install|reinstall)$/, 'install'],
      [/^(remove|purge|autoremove|autopurge|auto-remove)$/, 'remove'],
      [/^update$/, 'update'],
      [/^(upgrade|dist-upgrade|full-upgrade|safe-upgrade|dselect-upgrade)$/, 'upgrade'],
      [/^(clean|autoclean|auto-clean|distclean|dist-clean)$/, 'clean'],
    ],
  },
  apk: {
    valued:
      /^(-[Xtp]|--(repository|virtual|root|arch|wait|timeout|keys-dir|repositories-file|cache-dir|cache-max-age|progress-fd))$/,
    does: [
      [/^add$/, 'install'],
      [/^del$/, 'remove'],
      [/^update$/, 'update'],
      [/^upgrade$/, 'upgrade'],
      [/^cache$/, 'clean'],
    ],
  },
  yum: rpm,
  dnf: rpm,
  microdnf: rpm,
  tdnf: rpm,
  zypper: {
    valued:
      /^(-[RrptbgD]|--(root|installroot|config|reposd-dir|cache-dir|raw-cache-dir|solv-cache-dir|pkg-cache-dir|plus-repo|plus-content|userdata|repo|from|type|category|severity|date|bugzilla|cve|issue|details))$/,
    does: [
      [/^(install|in)$/, 'install'],
      [/^(remove|rm)$/, 'remove'],
      [/^(refresh|ref)$/, 'update'],
      [/^(update|up|patch|dist-upgrade|dup)$/, 'upgrade'],
      [/^(clean|cc)$/, 'clean'],
    ],
  },
};

/** What the next word says the verb for: `dnf group install`, `dnf module install`. */
const DETOUR: ReadonlyMap<string, PackageCall['of']> = new Map([
  ['group', 'groups'],
  ['groups', 'groups'],
  ['module', 'modules'],
]);

/** Undefined for any other program, and where no verb follows: `apt-get --version`. */
export function packageCallOf({ words }: ShellCommand): PackageCall | undefined {
  const [program, ...rest] = programIn(words) ?? [];
  const name = program?.text.replace(/^\/(usr\/)?s?bin\//, '') ?? '';
  const manager = programs.get(name);
  if (!program || !manager) return undefined;
  const { options, operands } = sorted(rest, grammars[manager].valued);
  const said = verbIn(operands, manager);
  return (
    said && { manager, program, name, options, does: doesOf(manager, said.verb.text), ...said }
  );
}

function verbIn(
  words: readonly ShellWord[],
  manager: Manager,
): Pick<PackageCall, 'verb' | 'of' | 'operands'> | undefined {
  const [first, second, ...others] = words;
  if (!first) return undefined;
  const detour = manager === 'apt' ? undefined : DETOUR.get(first.text);
  return detour && second
    ? { verb: second, of: detour, operands: others }
    : { verb: first, of: namedBy(first.text), operands: words.slice(1) };
}

const namedBy = (verb: string): PackageCall['of'] =>
  verb.startsWith('group') ? 'groups' : 'packages';

function doesOf(manager: Manager, verb: string): Does {
  return grammars[manager].does.find(([pattern]) => pattern.test(verb))?.[1] ?? 'other';
}

function sorted(
  words: readonly ShellWord[],
  valued: RegExp,
): Pick<PackageCall, 'options' | 'operands'> {
  const options: ShellWord[] = [];
  const operands: ShellWord[] = [];
  let isValue = false;
  for (const word of words) {
    const isOption = /^-./.test(word.text);
    if (isOption) options.push(word);
    else if (!isValue) operands.push(word);
    isValue = isOption && valued.test(word.text);
  }
  return { options, operands };
}

/** Whether an option stands there: by its letter, also among others (`-yq`), or by one of its long names. */
export function hasOption(
  { options, manager }: PackageCall,
  letter: string | undefined,
  ...long: readonly string[]
): boolean {
  return options.some(({ text }) => {
    if (text.startsWith('--')) return long.includes(text.slice(2).replace(/=.*$/, ''));
    if (letter === undefined) return false;
    // What is stuck to a letter that takes a value is its value: `-oDebug=y`.
    const hasValue = grammars[manager].valued.test(text.slice(0, 2));
    return (
      !hasValue && /^-[a-zA-Z]+(=.*)?$/.test(text) && text.replace(/=.*$/, '').includes(letter)
    );
  });
}

/** What follows an option that takes a value: `-o A=b`, `-oA=b`, `--option=A=b`. */
export function valuesOf(
  { words }: ShellCommand,
  letter: string,
  ...long: readonly string[]
): readonly string[] {
  return words.flatMap(({ text }, index) => {
    const [name = '', ...value] = text.split('=');
    const isLong = long.some((one) => name === `--${one}`);
    if (text === `-${letter}` || (isLong && value.length === 0))
      return words[index + 1]?.text ?? [];
    if (isLong) return value.join('=');
    return text.startsWith(`-${letter}`) ? text.slice(2) : [];
  });
}
