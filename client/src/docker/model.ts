/** The engine's containers as a plain model: projects, their services, and the containers of each. Pure. */

export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface Container {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly health: Health;
  /** Of the last run; only when it has ended. */
  readonly exitCode?: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Service {
  readonly project: string;
  readonly name: string;
  readonly containers: readonly Container[];
}

export interface Project {
  readonly name: string;
  readonly services: readonly Service[];
}

/** What runs on one engine. */
export interface Inventory {
  readonly projects: readonly Project[];
  /** Containers that no Compose project made. */
  readonly others: readonly Container[];
}

/** The part of the engine's list answer that we read. */
export interface ListedContainer {
  readonly Id: string;
  readonly Names?: readonly string[];
  readonly Image?: string;
  readonly ImageID?: string;
  readonly State?: string;
  readonly Status?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export const PROJECT_LABEL = 'com.docker.compose.project';
export const SERVICE_LABEL = 'com.docker.compose.service';

const STATES: readonly ContainerState[] = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
];

/** One entry of the engine's list. Health and exit code stand only in its `Status` sentence. */
export function toContainer(listed: ListedContainer): Container {
  const status = listed.Status ?? '';
  const exitCode = /^Exited \((\d+)\)/.exec(status)?.[1];
  return {
    id: listed.Id,
    name: (listed.Names?.[0] ?? listed.Id.slice(0, 12)).replace(/^\//, ''),
    image: listed.Image ?? '',
    imageId: listed.ImageID ?? '',
    state: STATES.find((state) => state === listed.State) ?? 'dead',
    health: healthIn(status),
    ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
    labels: listed.Labels ?? {},
  };
}

function healthIn(status: string): Health {
  if (status.includes('(unhealthy)')) return 'unhealthy';
  if (status.includes('(healthy)')) return 'healthy';
  return status.includes('(health: starting)') ? 'starting' : 'none';
}

/** Groups containers by the labels that Compose puts on them; everything sorted by name, so that order never jumps. */
export function toInventory(containers: readonly Container[]): Inventory {
  const projects = new Map<string, Map<string, Container[]>>();
  const others: Container[] = [];
  for (const container of containers) {
    const project = container.labels[PROJECT_LABEL];
    const service = container.labels[SERVICE_LABEL];
    if (!project || !service) {
      others.push(container);
      continue;
    }
    const services = projects.get(project) ?? new Map<string, Container[]>();
    projects.set(project, services);
    services.set(service, [...(services.get(service) ?? []), container]);
  }
  return {
    projects: [...projects].sort(byKey).map(([project, services]) => ({
      name: project,
      services: [...services]
        .sort(byKey)
        .map(([name, members]) => ({ project, name, containers: members.sort(byName) })),
    })),
    others: others.sort(byName),
  };
}

const compare = (left: string, right: string): number =>
  left.localeCompare(right, 'en', { numeric: true });
const byKey = ([left]: [string, unknown], [right]: [string, unknown]): number =>
  compare(left, right);
const byName = (left: Container, right: Container): number => compare(left.name, right.name);
