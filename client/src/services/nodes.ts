/** The Services tree as plain data: which nodes there are, what each shows, and what can be done on it. Pure. */
import type { Container, Inventory, Project, Service } from '../docker/model.ts';
import {
  type Badge,
  badgeOf,
  describeContainer,
  describeGroup,
  describeService,
  type Icon,
  iconOf,
  worst,
} from './status.ts';

/** What can be done on a node; the words stand in its `contextValue`, where the menus look for them. */
export type Action = 'start' | 'stop' | 'restart' | 'showLogs' | 'backUp';

export interface TreeNode {
  /** Never changes while the thing exists, so that selection and open branches stay. */
  readonly id: string;
  readonly kind: 'project' | 'service' | 'container';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Icon;
  /** What a screen reader says: colour and icon say nothing to it. */
  readonly spoken: string;
  readonly actions: readonly Action[];
  /** The kind, then the actions, with spaces between. */
  readonly contextValue: string;
  readonly children: readonly string[];
  readonly containers: readonly Container[];
}

export interface Tree {
  readonly roots: readonly string[];
  readonly nodes: ReadonlyMap<string, TreeNode>;
  /** Containers that are not well, wherever they are. */
  readonly badge: Badge | undefined;
}

/** Whether some backup engine knows how to save this container. */
export type CanBackUp = (container: Container) => boolean;

export const EMPTY_TREE: Tree = { roots: [], nodes: new Map(), badge: undefined };
const OTHERS = 'others';

export function toTree(inventory: Inventory, canBackUp: CanBackUp): Tree {
  const nodes = new Map<string, TreeNode>();
  const add = (node: TreeNode): string => {
    nodes.set(node.id, node);
    return node.id;
  };
  const addContainer = (each: Container): string => add(containerNode(each, canBackUp));
  const roots = inventory.projects.map((project) => {
    const children = project.services.map((service) =>
      add(serviceNode(service, service.containers.map(addContainer), canBackUp)),
    );
    return add(projectNode(project, children));
  });
  if (inventory.others.length > 0) {
    roots.push(add(othersNode(inventory.others, inventory.others.map(addContainer))));
  }
  const leaves = [...nodes.values()].filter(({ kind }) => kind === 'container');
  return { roots, nodes, badge: badgeOf(leaves.flatMap(({ containers }) => containers)) };
}

export function serviceId(project: string, service: string): string {
  return `service:${project}/${service}`;
}

/** The nodes to draw anew: each changed one, or the whole tree (`undefined`) when the roots are others than before. */
export function changedNodes(before: Tree, after: Tree): readonly string[] | undefined {
  if (!sameStrings(before.roots, after.roots)) return undefined;
  const changed: string[] = [];
  for (const [id, node] of after.nodes) {
    const old = before.nodes.get(id);
    if (old && !sameNode(old, node)) changed.push(id);
  }
  return changed;
}

function sameNode(left: TreeNode, right: TreeNode): boolean {
  return (
    left.label === right.label &&
    left.description === right.description &&
    left.tooltip === right.tooltip &&
    left.icon.name === right.icon.name &&
    left.icon.color === right.icon.color &&
    left.contextValue === right.contextValue &&
    sameStrings(left.children, right.children)
  );
}

function sameStrings(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

type Looks = Pick<TreeNode, 'id' | 'kind' | 'label' | 'description' | 'children' | 'containers'>;

function node(
  looks: Looks,
  actions: readonly Action[],
  more: { icon?: string; tooltip: string },
): TreeNode {
  const icon = iconOf(worst(looks.containers));
  return {
    ...looks,
    actions,
    tooltip: more.tooltip,
    icon: more.icon ? { ...icon, name: more.icon } : icon,
    spoken: `${looks.label}, ${looks.kind}, ${looks.description}`,
    contextValue: [looks.kind, ...actions].join(' '),
  };
}

function projectNode(project: Project, children: readonly string[]): TreeNode {
  const containers = project.services.flatMap((service) => service.containers);
  const description = describeGroup(containers);
  return node(
    {
      id: `project:${project.name}`,
      kind: 'project',
      label: project.name,
      description,
      children,
      containers,
    },
    powerActions(containers),
    { tooltip: `Compose project ${project.name}: ${description}`, icon: 'layers' },
  );
}

function serviceNode(
  service: Service,
  children: readonly string[],
  canBackUp: CanBackUp,
): TreeNode {
  const { name, project, containers } = service;
  const images = [...new Set(containers.map(({ image }) => image))].join(', ');
  const description = describeService(service);
  return node(
    {
      id: serviceId(project, name),
      kind: 'service',
      label: name,
      description,
      children,
      containers,
    },
    [
      ...powerActions(containers),
      'showLogs',
      ...(containers.some(canBackUp) ? (['backUp'] as const) : []),
    ],
    { tooltip: `Service ${name} of ${project}\n${description}\nImage: ${images}` },
  );
}

function containerNode(container: Container, canBackUp: CanBackUp): TreeNode {
  const description = describeContainer(container);
  return node(
    {
      id: `container:${container.id}`,
      kind: 'container',
      label: container.name,
      description,
      children: [],
      containers: [container],
    },
    [
      ...powerActions([container]),
      'showLogs',
      ...(canBackUp(container) ? (['backUp'] as const) : []),
    ],
    {
      tooltip: `${container.name}\n${description}\nImage: ${container.image}\nId: ${container.id.slice(0, 12)}`,
    },
  );
}

function othersNode(containers: readonly Container[], children: readonly string[]): TreeNode {
  const description = describeGroup(containers);
  return node(
    {
      id: OTHERS,
      kind: 'project',
      label: 'Other containers',
      description,
      children,
      containers,
    },
    [], // Stopping everything that happens to run beside the projects is nobody's wish.
    { tooltip: 'Containers that no Compose project made', icon: 'layers' },
  );
}

/** Start what stands, stop and restart what runs; both for a group that is half up. */
function powerActions(containers: readonly Container[]): readonly Action[] {
  const up = (each: Container): boolean => ['running', 'paused', 'restarting'].includes(each.state);
  return [
    ...(containers.every(up) ? [] : (['start'] as const)),
    ...(containers.some(up) ? (['stop', 'restart'] as const) : []),
  ];
}
