/** One service of the merged model in its canonical form: long forms, absolute paths, Compose's defaults. */
import { entryAt, mapValue, scalarValue } from '../make.ts';
import type { Refusal } from '../refusal.ts';
import type { MapValue } from '../value.ts';
import { withReplicas } from './deploy.ts';
import { withFiles } from './environment.ts';
import { byDefault } from './parts.ts';
import { replaced } from './paths.ts';
import { withImplied } from './references.ts';
import type { CanonicalContext, Scope } from './scope.ts';
import { serviceShape } from './service-shape.ts';
import { isEmpty, withEntries, withEntry } from './shape.ts';

export interface CanonicalService {
  readonly map: MapValue;
  /** Values that Compose cannot read; `service` is not filled in, because the same mapping may stand for two names. */
  readonly refusals: readonly Refusal[];
}

/**
 * Pure: the same mapping in the same context always gives the same service, so it may be kept for as long as both are
 * the same objects. Values that need no change are the very objects of the merged model.
 */
export function canonicalService(map: MapValue, context: CanonicalContext): CanonicalService {
  const scope: Scope = { context, refusals: [], service: undefined };
  const made = serviceShape.make(map, scope);
  const service = made?.kind === 'map' ? made : map;
  const whole = withNetwork(withPolicy(withReplicas(withImplied(withFiles(service, scope)))));
  return { map: whole, refusals: scope.refusals };
}

const ON_DEFAULT = byDefault(
  'A service that names neither networks nor a network mode is on the network "default".',
);

function withNetwork(service: MapValue): MapValue {
  const networks = service.get('networks');
  if (networks && !isEmpty(networks.value)) return service;
  if (service.get('network_mode') ?? service.get('provider')) return service;
  const place = networks?.value ?? service;
  const member = entryAt(
    place,
    'default',
    scalarValue(place, null, { style: 'absent' }),
    ON_DEFAULT,
  );
  return put(service, entryAt(place, 'networks', mapValue(place, [member]), ON_DEFAULT));
}

const put = (service: MapValue, entry: MapValue['entries'][number]): MapValue =>
  service.get(entry.key)
    ? withEntry(service, entry)
    : withEntries(service, [...service.entries, entry]);

function withPolicy(service: MapValue): MapValue {
  const policy = service.get('pull_policy');
  if (policy?.value.kind !== 'scalar' || policy.value.value !== 'if_not_present') return service;
  return withEntry(service, { ...policy, value: replaced(policy.value, 'missing') });
}
