/** Where package managers leave their lists and caches in an image, and how these are cleaned. */
import { isRemovedLater, laterCalls, type PlacedCall } from './package-runs.ts';
import type { Does, Manager, PackageCall } from './packages.ts';
import { mountsOver } from './runs.ts';

interface Store {
  /** How a message calls it. */
  readonly title: string;
  /** What leaves something there. */
  readonly fills: readonly Does[];
  /** The folder, or one around it. */
  readonly folder: RegExp;
  /** How it is written where it is removed. */
  readonly removed: RegExp;
  readonly isCleaned: (call: PackageCall) => boolean;
  readonly cleaning: (program: string) => string;
}

/** The programs of this family clean what the others leave. */
const rpm: Store = {
  title: 'its lists and caches',
  fills: ['install', 'upgrade', 'update'],
  folder: /^\/var(\/cache(\/(yum|t?dnf|libdnf5))?)?\/?$/,
  removed: /\/var\/cache(\/?([ *{]|$)|\/(yum|t?dnf|libdnf5))/,
  isCleaned: ({ manager, does, operands }) =>
    does === 'clean' && stores[manager] === rpm && operands.some(({ text }) => text === 'all'),
  cleaning: (program) => `${program} clean all`,
};

/** Undefined for apk, which leaves nothing where it is told to. */
const stores: Readonly<Record<Manager, Store | undefined>> = {
  apt: {
    title: 'the lists of packages',
    fills: ['update'],
    folder: /^\/var(\/lib(\/apt(\/lists)?)?)?\/?$/,
    removed: /\/var\/lib\/(\{[^}]*\bapt|apt)(?!\S*\/partial)/,
    isCleaned: ({ manager, verb }) => manager === 'apt' && /^dist-?clean$/.test(verb.text),
    cleaning: () => 'rm -rf /var/lib/apt/lists/*',
  },
  apk: undefined,
  yum: rpm,
  dnf: rpm,
  microdnf: rpm,
  tdnf: rpm,
  zypper: {
    ...rpm,
    fills: ['install', 'upgrade'],
    folder: /^\/var(\/cache(\/zypp)?)?\/?$/,
    removed: /\/var\/cache(\/?([ *{]|$)|\/zypp)/,
    isCleaned: ({ manager, does }) => manager === 'zypper' && does === 'clean',
    cleaning: () => 'zypper clean --all',
  },
};

/** What a call leaves in its layer; undefined where nothing is left, or it is cleaned in the same RUN. */
export function leftBy(call: PlacedCall): Store | undefined {
  const store = stores[call.manager];
  if (!store?.fills.includes(call.does) || mountsOver(call.run.instruction, store.folder))
    return undefined;
  // In another root lies another image, mostly.
  const isElsewhere = call.options.some(({ text }) => /^--(installroot|root)\b|^-R$/.test(text));
  if (isElsewhere || isRemovedLater(call, store.removed)) return undefined;
  return laterCalls(call).some(store.isCleaned) ? undefined : store;
}
