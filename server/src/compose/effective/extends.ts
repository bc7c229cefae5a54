/** Services with what they extend, in the same file or in others. */
import { dirname, resolve } from 'node:path';
import type { Place } from '../../core/source.ts';
import { mapValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { Entry, MapValue, Step } from '../value.ts';
import {
  type Declaration,
  fileMemo,
  joined,
  type OwnService,
  type Parent,
  type Reference,
  type ServiceSlot,
} from './memo.ts';
import { mergeEntry, mergeService, merging } from './merge.ts';
import type { Ancestor, Layer, MergedService } from './merged.ts';
import { readService } from './own.ts';
import { isRemote, load, type Scope } from './run.ts';
import { withoutResets } from './tags.ts';
import { uniqueService } from './unicity.ts';

/** Longer chains nobody writes; each link takes room on the stack. */
const MAX_CHAIN = 500;

/** A service of a file with all that it extends; the same object while nothing of that changes. */
function declarationOf(scope: Scope, name: string): Declaration | undefined {
  const raw = scope.services?.get(name);
  return raw === undefined ? scope.imported.get(name) : declare(scope, raw);
}

/** The same for an entry that is known already. */
export function declare(scope: Scope, raw: Entry): Declaration {
  const known = scope.memo.services.get(raw.key);
  const slot =
    known?.raw === raw && known.environment === scope.context.environment ? known : undefined;
  if (slot && (slot.parent === undefined || slot.checked === scope.run.token)) return slot.result;
  return declareAgain(scope, raw, slot);
}

/** What it extends may have changed although the entry did not. */
function declareAgain(scope: Scope, raw: Entry, slot: ServiceSlot | undefined): Declaration {
  const own = slot?.own ?? readService(raw, scope);
  const parent = own.reference && parentOf(scope, own.reference, raw);
  const checked = scope.run.token;
  if (slot && isSameParent(slot.parent, parent)) {
    slot.checked = checked;
    return slot.result;
  }
  const result = build(scope, own, parent);
  const { environment } = scope.context;
  scope.memo.services.set(raw.key, { raw, environment, own, parent, result, checked });
  return result;
}

function isSameParent(before: Parent | undefined, now: Parent | undefined): boolean {
  return before?.service === now?.service && before?.problem?.message === now?.problem?.message;
}

function build(scope: Scope, own: OwnService, parent: Parent | undefined): Declaration {
  const { raw, tagged } = own;
  const over = withoutExtends(own.map, own.reference);
  const base = baseOf(own, parent);
  const merge = merging(raw.key, base && { inherited: base.step, raw: base.raw });
  const merged = base ? mergeService(base.service.map, over, merge) : plain(over, tagged);
  const refusals = [...own.refusals, ...merge.refusals, ...problemOf(own, parent)];
  return {
    name: raw.key,
    map: uniqueService(merged),
    declared: raw,
    layers: [raw],
    stages: [],
    chain: base ? [base.ancestor, ...base.service.chain] : [],
    environment: scope.context.environment,
    refusals: base?.elsewhere === true ? [...refusals, ...base.service.refusals] : refusals,
    declares: own.declares,
    tagged: tagged ? over : undefined,
  };
}

function plain(map: MapValue, tagged: boolean): MapValue {
  return tagged ? withoutResets(map) : map;
}

/** The service that is extended, with how to speak of it. */
interface Base {
  readonly service: MergedService;
  readonly elsewhere: boolean;
  /** In the same file nothing was done with it yet but what it extends. */
  readonly raw: boolean;
  readonly step: Step;
  readonly ancestor: Ancestor;
}

function baseOf({ reference }: OwnService, parent: Parent | undefined): Base | undefined {
  if (reference === undefined || parent?.service?.declares !== true) return undefined;
  const { service: name, at } = reference;
  const { service } = parent;
  return {
    service,
    elsewhere: parent.elsewhere,
    raw: reference.file === undefined,
    step: { kind: 'extends', service: name, at },
    ancestor: { name, file: parent.file, entry: service.declared, at },
  };
}

function withoutExtends(map: MapValue, reference: Reference | undefined): MapValue {
  if (reference === undefined) return map;
  return mapValue(
    map,
    map.entries.filter(({ key }) => key !== 'extends'),
    map,
  );
}

function problemOf({ raw }: OwnService, parent: Parent | undefined): readonly Refusal[] {
  if (parent?.problem === undefined) return [];
  return [{ rule: 'compose/extends', ...parent.problem, service: raw.key }];
}

function parentOf(scope: Scope, reference: Reference, raw: Entry): Parent {
  const { open, circles } = scope.run;
  if (open.length >= MAX_CHAIN) {
    return none(
      scope,
      reference.at,
      `${raw.key} is at the end of more than ${MAX_CHAIN} services that extend one another, which nobody can follow. Shorten the chain.`,
    );
  }
  open.push({ scope, raw });
  const parent = lookUp(scope, reference, raw.key);
  open.pop();
  const circle = circles.get(raw);
  return circle === undefined ? parent : none(scope, reference.at, circle);
}

function none({ file }: Scope, place: Place, message?: string): Parent {
  const problem = message === undefined ? undefined : { message, place };
  return { file, service: undefined, problem, elsewhere: false };
}

function lookUp(scope: Scope, reference: Reference, name: string): Parent {
  const { service, file, open, at, fileAt } = reference;
  if (open || (file !== undefined && isRemote(file))) {
    scope.run.unread.push({ address: file ?? service, place: at });
    return none(scope, at);
  }
  const target = file === undefined ? scope : extendedScope(scope, file, fileAt);
  if (typeof target === 'string') {
    return none(
      scope,
      fileAt,
      `${name} extends ${service} of ${file ?? ''}, ${target}. Correct the path, or remove extends.`,
    );
  }
  return isCircle(target, service) ? none(scope, at) : found(target, reference, name);
}

function found(target: Scope, { service, file, at }: Reference, name: string): Parent {
  const declaration = declarationOf(target, service);
  if (declaration) {
    const { extended: elsewhere } = target;
    return { file: target.file, service: declaration, problem: undefined, elsewhere };
  }
  const where = file ?? 'this file';
  return none(
    target,
    at,
    `${name} extends ${service}, and ${where} has no service of that name. Correct the name, or add the service.`,
  );
}

/** Notes every service of a circle, so that each of them says so wherever the circle was entered. */
function isCircle(target: Scope, service: string): boolean {
  const { open, circles } = target.run;
  const raw = target.services?.get(service);
  const start = open.findIndex((one) => one.raw === raw && one.scope === target);
  if (start === -1) return false;
  const members = open.slice(start);
  const names = [...members.map((one) => one.raw.key), service].join(' → ');
  const message = `Services extend one another in a circle (${names}), so none of them can be resolved. Break the circle.`;
  for (const member of members) circles.set(member.raw, message);
  return true;
}

/** The services of another file; a string says what is wrong with it. */
function extendedScope(scope: Scope, path: string, at: Place): Scope | string {
  const { context, run } = scope;
  const file = resolve(scope.directory, path);
  const known = context.extended.get(file);
  if (known) return known;
  const layer = load(run, file, at);
  if (typeof layer === 'string') return layer;
  const key = `${context.key}\0extends\0${file}`;
  const made: Scope = {
    run,
    context,
    file,
    directory: dirname(file),
    services: joined(run.memo.documents, key, [layer.documents], () => servicesOf(layer)),
    imported: new Map(),
    extended: true,
    memo: fileMemo(run.memo, key),
  };
  context.extended.set(file, made);
  return made;
}

/** The services of all documents of a file, the later over the earlier: only then are they extended. */
function servicesOf({ documents }: Layer): MapValue | undefined {
  let all: MapValue | undefined;
  for (const root of documents) {
    const services = root.kind === 'map' ? root.get('services')?.value : undefined;
    if (services?.kind !== 'map') continue;
    all = all ? mapValue(services, laidOver(all, services)) : services;
  }
  return all;
}

function laidOver(before: MapValue, services: MapValue): readonly Entry[] {
  const merge = merging(undefined);
  const kept = before.entries.flatMap((entry) => {
    const later = services.get(entry.key);
    return later ? (mergeEntry(entry, later, 'services', merge) ?? []) : entry;
  });
  return [...kept, ...services.entries.filter(({ key }) => before.get(key) === undefined)];
}
