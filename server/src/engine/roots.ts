/** Fixes at the root: what many services lack, added once to what they share. Worked out for those who ask. */
import { insertAtRoot } from '../compose/insert.ts';
import { type Root, rootsOf } from '../compose/roots.ts';
import type { MapValue } from '../compose/value.ts';
import type { Addition, Line } from '../core/addition.ts';
import type { Edit, SharedFix } from '../core/edit.ts';
import type { ComposeProject, ProjectService } from '../project/compose-project.ts';
import { serviceRules } from '../rules/registry.ts';
import type { ServiceSubject } from '../rules/subject.ts';
import type { Raised } from './run.ts';

/** A project with its services as the rules saw them. */
export interface Shared {
  readonly project: ComposeProject;
  readonly subjects: readonly ServiceSubject[];
}

/** Other ways to fix what was raised, the best first. */
export type RootFixes = (one: Raised) => readonly SharedFix[];

/** More ways than these nobody reads. */
const MOST = 3;

const none: readonly SharedFix[] = [];

type ServiceRule = (typeof serviceRules)[number];

/** Undefined where the services of a project share nothing. `raised` is all that was, and is not silenced. */
export function rootFixes(
  { project, subjects }: Shared,
  raised: () => Iterable<Raised>,
): RootFixes | undefined {
  if (!isSharing(project)) return undefined;
  let look: Look | undefined;
  return (one) => {
    const rule = serviceRules.find(({ id, additionFor }) => id === one.rule && additionFor);
    if (!rule || one.service === undefined) return none;
    look ??= lookAt({ project, subjects }, [...raised()]);
    return fixesFor(look, rule, one);
  };
}

function isSharing({ files, services }: ComposeProject): boolean {
  for (const { shared } of files.values()) if (shared.size > 0) return true;
  return services.some(({ resolved }) => resolved.chain.length > 0);
}

/** What a service that has the finding wants added. */
interface Wish {
  readonly service: string;
  readonly addition: Addition;
  /** All but the values; only what is alike in it can be said once. */
  readonly shape: string;
}

/** A service that would get what is added to a root. */
interface Sharer {
  readonly service: ProjectService;
  readonly root: Root;
}

/** One state of a project, with what was worked out for it. */
interface Look {
  readonly project: ComposeProject;
  readonly services: ReadonlyMap<string, ProjectService>;
  readonly wishesOf: (rule: ServiceRule) => ReadonlyMap<string, Wish>;
  readonly sharersAt: (path: readonly string[]) => ReadonlyMap<MapValue, readonly Sharer[]>;
  readonly fixes: Map<string, Map<MapValue, SharedFix | undefined>>;
}

function lookAt({ project, subjects }: Shared, raised: readonly Raised[]): Look {
  const wishes = new Map<string, ReadonlyMap<string, Wish>>();
  const sharers = new Map<string, ReadonlyMap<MapValue, readonly Sharer[]>>();
  const subjectOf = new Map(subjects.map((subject) => [subject.name, subject]));
  return {
    project,
    services: new Map(project.services.map((service) => [service.name, service])),
    fixes: new Map(),
    wishesOf: (rule) =>
      kept(wishes, rule.id, () => {
        const names = raised.flatMap((one) => (one.rule === rule.id ? [one.service ?? ''] : []));
        return new Map(names.flatMap((name) => wishFor(rule, subjectOf.get(name))));
      }),
    sharersAt: (path) => kept(sharers, path.join('\n'), () => sharersIn(project, path)),
  };
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function wishFor(
  { additionFor }: ServiceRule,
  subject: ServiceSubject | undefined,
): readonly (readonly [string, Wish])[] {
  const addition = subject && additionFor?.(subject);
  if (!addition) return [];
  const { path, lines } = addition;
  const shape = [...path, ...keysOf(lines)].join('\n');
  return [[subject.name, { service: subject.name, addition, shape }]];
}

function keysOf(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(([key, block]) =>
    typeof block === 'string' ? [key] : [key, ...keysOf(block)],
  );
}

function sharersIn(
  { services }: ComposeProject,
  path: readonly string[],
): ReadonlyMap<MapValue, readonly Sharer[]> {
  const sharers = new Map<MapValue, Sharer[]>();
  for (const service of services) {
    for (const root of rootsOf(service.resolved, path)) {
      const known = sharers.get(root.map);
      if (known) known.push({ service, root });
      else sharers.set(root.map, [{ service, root }]);
    }
  }
  return sharers;
}

function fixesFor(look: Look, rule: ServiceRule, one: Raised): readonly SharedFix[] {
  const wish = look.wishesOf(rule).get(one.service ?? '');
  const service = look.services.get(one.service ?? '');
  if (!wish || !service) return none;
  const fixes: SharedFix[] = [];
  for (const root of rootsOf(service.resolved, placeOf(wish.addition))) {
    const fix = knownFixAt(look, rule, { wish, root });
    // Once for one service alone is no better than the service's own fix.
    const isBetter = fix !== undefined && (fix.services.length > 1 || !one.fix);
    if (isBetter && !fixes.some(isLike(fix))) fixes.push(fix);
  }
  return fixes.sort(byWorth).slice(0, MOST);
}

function knownFixAt(look: Look, rule: ServiceRule, wanted: Wanted): SharedFix | undefined {
  const key = `${rule.id}\n${wanted.wish.shape}`;
  const known = kept(look.fixes, key, () => new Map<MapValue, SharedFix | undefined>());
  const { map } = wanted.root;
  if (!known.has(map)) known.set(map, fixAt(look, rule, wanted));
  return known.get(map);
}

/** The path of the first key that is added. */
function placeOf({ path, lines }: Addition): readonly string[] {
  return [...path, ...lines.slice(0, 1).map(([key]) => key)];
}

const isLike =
  ({ services }: SharedFix) =>
  (other: SharedFix): boolean =>
    other.services.length === services.length &&
    other.services.every((name, index) => name === services[index]);

const byWorth = (a: SharedFix, b: SharedFix): number =>
  Number(b.isWhole) - Number(a.isWhole) || b.services.length - a.services.length;

interface Wanted {
  readonly wish: Wish;
  readonly root: Root;
}

function fixAt(look: Look, rule: ServiceRule, { wish, root }: Wanted): SharedFix | undefined {
  const sharers = look.sharersAt(placeOf(wish.addition)).get(root.map) ?? [];
  const wishes = sharers.flatMap(({ service }) => look.wishesOf(rule).get(service.name) ?? []);
  const members = wishes.filter(({ shape }) => shape === wish.shape);
  const names = members.map(({ service }) => service);
  const asking = new Set(names);
  const others = sharers.filter(({ service: { name } }) => !asking.has(name));
  const addition = heaviest(members) ?? wish.addition;
  if (others.some(({ service }) => isAgainst(service, addition))) return undefined;
  const edit = editAt(look.project, root, addition);
  if (!edit) return undefined;
  const isAlike = members.every((one) => isSame(one.addition.lines, addition.lines));
  const answer = answerTo(
    addition,
    others.map(({ service: { name } }) => name),
  );
  return {
    title: `Add ${addition.what} to ${titleOf(look.project, root)}: fixes ${counted(names.length)}`,
    safety: others.length > 0 ? 'unsafe' : (rule.safety ?? 'unsafe'),
    edits: [edit],
    services: names,
    isWhole: others.length === 0 && isAlike,
    ...(answer !== undefined && { answer }),
  };
}

function heaviest(wishes: readonly Wish[]): Addition | undefined {
  return wishes
    .map(({ addition }) => addition)
    .reduce<Addition | undefined>(
      (best, one) => (best && (best.weight ?? 0) >= (one.weight ?? 0) ? best : one),
      undefined,
    );
}

const isAgainst = ({ merged }: ProjectService, { against = [] }: Addition): boolean =>
  against.some((key) => merged.get(key) !== undefined);

function editAt(
  project: ComposeProject,
  { map, path }: Root,
  addition: Addition,
): Edit | undefined {
  const file = project.files.get(map.source.file);
  return file && insertAtRoot(file, map, path.slice(0, -1), addition.lines);
}

/** Services that did not ask for it get it too. */
function answerTo({ answer }: Addition, others: readonly string[]): string | undefined {
  if (others.length === 0) return answer;
  const [first = '', second, ...rest] = others;
  const names =
    rest.length > 0
      ? `${first} and ${others.length - 1} more services`
      : [first, ...(second === undefined ? [] : [second])].join(' and ');
  const look = `Look at ${names}, which ${others.length > 1 ? 'get' : 'gets'} it too.`;
  return answer === undefined ? look : `${look} ${answer}`;
}

/** With its file, where that is not the one that is looked at. */
function titleOf({ file }: ComposeProject, { name, map }: Root): string {
  const { file: path } = map.source;
  return path === file.file ? name : `${name} in ${path.split(/[\\/]/).at(-1) ?? path}`;
}

const counted = (count: number): string => (count === 1 ? '1 service' : `${count} services`);

function isSame(a: readonly Line[], b: readonly Line[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
