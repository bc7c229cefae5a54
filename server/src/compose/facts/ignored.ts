/** What a service says and Compose does not act on. */
import type { Place } from '../../core/source.ts';
import { descend, textOf } from '../model.ts';
import type { Entry, MapValue, Value } from '../value.ts';

export interface Ignored {
  readonly place: Place;
  readonly message: string;
  /** Swarm does act on it. */
  readonly swarmOnly: boolean;
  /** It is ignored only where this is a file of the host. */
  readonly attached?: Attached;
}

export interface Attached {
  readonly section: 'secrets' | 'configs';
  readonly name: string;
}

const none: readonly Ignored[] = [];

/** Of the merged service. */
export function ignoredIn(service: MapValue): readonly Ignored[] {
  const deploy = service.get('deploy')?.value;
  const found = [
    ...(deploy?.kind === 'map' ? inDeploy(deploy) : none),
    ...(service.get('network_mode') ? hostPorts(service) : none),
    ...inReferences(service, 'secrets'),
    ...inReferences(service, 'configs'),
  ];
  return found.length === 0 ? none : found;
}

const IN_DEPLOY: Readonly<Record<string, string>> = {
  placement: 'runs everything on the host that it is started on',
  update_config: 'stops a container before it starts the new one',
  rollback_config: 'never rolls back',
  labels: 'puts them on no container, where proxies and other tools look for labels',
  endpoint_mode: 'always answers with the addresses of the containers',
};

function inDeploy(deploy: MapValue): readonly Ignored[] {
  return deploy.entries.flatMap((entry) => {
    const instead = Object.hasOwn(IN_DEPLOY, entry.key) ? IN_DEPLOY[entry.key] : undefined;
    if (instead === undefined || isEmpty(entry.value)) return none;
    return [
      {
        place: keyOf(entry),
        message: `Only Swarm acts on deploy.${entry.key}: Compose ${instead}. Leave it out, or deploy the file to a Swarm.`,
        swarmOnly: true,
      },
    ];
  });
}

/** `mode: host` in Swarm's sense is no such mode: this is about `network_mode`. */
function hostPorts(service: MapValue): readonly Ignored[] {
  const ports = service.get('ports');
  if (!ports || isEmpty(ports.value) || textOf(service.get('network_mode')) !== 'host') return none;
  const message =
    'With network_mode: host nothing is published: the program listens on the host itself, at the port that it chooses. Leave ports out, and set the port in the program.';
  return [{ place: keyOf(ports), message, swarmOnly: false }];
}

function inReferences(service: MapValue, section: Attached['section']): readonly Ignored[] {
  const list = service.get(section)?.value;
  if (list?.kind !== 'seq') return none;
  return list.items.flatMap(({ value }) => {
    const name = textOf(descend(value, ['source']));
    if (value.kind !== 'map' || name === undefined) return none;
    const entries = ['uid', 'gid', 'mode'].flatMap((key) => value.get(key) ?? []);
    const [first] = entries;
    if (!first) return none;
    const keys = entries.map(({ key }) => key).join(', ');
    const message = `Compose mounts ${name} from its file as it is, and ignores ${keys}. Set owner and mode of the file itself.`;
    return [{ place: keyOf(first), message, swarmOnly: true, attached: { section, name } }];
  });
}

const isEmpty = (value: Value): boolean =>
  value.kind === 'map'
    ? value.entries.length === 0
    : value.kind === 'seq'
      ? value.items.length === 0
      : value.value === null;

const keyOf = ({ source, keySpan }: Entry): Place => ({ source, span: keySpan });
