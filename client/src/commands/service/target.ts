/** Which node of the Services tree a command is about: the one it was called on, or the one that a person picks. */
import { engineFor } from '../../backup/registry.ts';
import type { Engine } from '../../docker/engine.ts';
import { type Advice, describeEngineFailure, fail, ok, type Result } from '../../docker/failure.ts';
import { type Container, toInventory } from '../../docker/model.ts';
import { type Action, type Tree, toTree, type TreeNode } from '../../services/nodes.ts';
import type { App } from '../app.ts';

export interface Target {
  readonly node: TreeNode;
  readonly engine: Engine;
}

/** `argument` is the tree's element, a node's id. Answers `undefined` when the person picks nothing. */
export async function targetOf(
  app: App,
  argument: unknown,
  action: Action,
): Promise<Result<Target | undefined, Advice>> {
  const engine = await app.connect();
  if (!engine.ok) return fail(describeEngineFailure(engine.error));
  const shown = typeof argument === 'string' ? app.services.tree().nodes.get(argument) : undefined;
  if (shown) return ok({ node: shown, engine: engine.value });
  const containers = await engine.value.list();
  if (!containers.ok) return fail(describeEngineFailure(containers.error));
  const tree = toTree(toInventory(containers.value), canBackUp);
  const named = typeof argument === 'string' ? tree.nodes.get(argument) : undefined;
  const node = named ?? (await pick(app, tree, action));
  return node === 'none' ? fail(nothingTo(action)) : ok(node && { node, engine: engine.value });
}

/** Whether some engine knows it, and it can be asked: only a running database gives its data. */
export function canBackUp(container: Pick<Container, 'image' | 'state'>): boolean {
  return container.state === 'running' && engineFor(container) !== undefined;
}

const QUESTIONS: Readonly<Record<Action, string>> = {
  start: 'Which service do you want to start?',
  stop: 'Which service do you want to stop?',
  restart: 'Which service do you want to restart?',
  showLogs: "Which service's log do you want to see?",
  backUp: 'Which service do you want to back up?',
};

/** Services, and containers that belong to none; a service's own containers would only be the same again. */
async function pick(app: App, tree: Tree, action: Action): Promise<TreeNode | 'none' | undefined> {
  const inServices = new Set(
    [...tree.nodes.values()].flatMap(({ kind, children }) => (kind === 'service' ? children : [])),
  );
  const nodes = [...tree.nodes.values()].filter(
    ({ id, kind, actions }) =>
      kind !== 'project' && !inServices.has(id) && actions.includes(action),
  );
  if (nodes.length === 0) return 'none';
  return app.ui.pick(
    QUESTIONS[action],
    nodes.map((node) => ({
      label: node.label,
      description: [projectOf(node), node.description].filter((part) => part !== '').join(' · '),
      value: node,
    })),
  );
}

function projectOf({ containers: [first] }: TreeNode): string {
  return first?.labels['com.docker.compose.project'] ?? '';
}

/** Why a picker has nothing to offer, and what to do. */
export function nothingTo(action: Action): Advice {
  const messages: Readonly<Record<Action, string>> = {
    start: 'No service is stopped, so there is none to start.',
    stop: 'No service is running, so there is none to stop.',
    restart: 'No service is running, so there is none to restart. Start one first.',
    showLogs: 'The Docker engine has no containers. Start a service with "docker compose up".',
    backUp:
      'No MariaDB, MySQL, Redis or Valkey service runs on this Docker engine. Start yours, then try again.',
  };
  return { message: messages[action] };
}
