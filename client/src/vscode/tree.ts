/** The Services view: draws the tree's plain nodes, and follows the engine while somebody looks. */
import * as vscode from 'vscode';
import { sleep } from '../docker/abort.ts';
import type { Engine } from '../docker/engine.ts';
import { describeEngineFailure, type EngineFailure, type Result } from '../docker/failure.ts';
import { type Snapshot, watch } from '../docker/watch.ts';
import { canBackUp } from '../commands/service/target.ts';
import { changedNodes, EMPTY_TREE, toTree, type Tree, type TreeNode } from '../services/nodes.ts';

const VIEW = 'dockwright.services';
/** Which welcome text the empty view shows: a kind of failure, `loading`, `empty` or `ready`. */
const STATE_KEY = 'dockwright.engine';

export interface ServicesView {
  readonly tree: () => Tree;
  /** From the start: a new client, a new list, a new event stream. */
  readonly refresh: () => void;
}

interface Ports {
  readonly connect: () => Promise<Result<Engine, EngineFailure>>;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The engine is first asked when the view is first seen. A stream that is open then stays, so that the badge tells the
 * truth while the view is hidden; one that breaks meanwhile is not renewed before somebody looks again.
 */
export function createServicesView(
  { connect, log }: Ports,
  subscriptions: vscode.ExtensionContext['subscriptions'],
): ServicesView {
  const { view, draw, tree } = createDrawing(subscriptions);
  const state: { following?: AbortController; failure?: EngineFailure | undefined } = {};

  const stop = (): void => {
    state.following?.abort();
    delete state.following;
  };
  const show = (snapshot: Snapshot): void => {
    const before = state.failure?.kind;
    state.failure = snapshot.kind === 'failed' ? snapshot.failure : undefined;
    draw(snapshot.kind === 'ready' ? toTree(snapshot.inventory, canBackUp) : EMPTY_TREE);
    void vscode.commands.executeCommand('setContext', STATE_KEY, stateOf(snapshot));
    if (!state.failure) return;
    // Said once, and not again with every attempt.
    if (state.failure.kind !== before) log.warn(describeEngineFailure(state.failure).message);
    if (!view.visible) stop();
  };
  const follow = (): void => {
    stop();
    const run = new AbortController();
    state.following = run;
    if (tree().roots.length === 0) show({ kind: 'loading' });
    void watch({ connect, onSnapshot: show, sleep }, run.signal);
  };
  const look = (): void => {
    if (view.visible && (!state.following || state.failure)) follow();
  };

  subscriptions.push(view.onDidChangeVisibility(look), { dispose: stop });
  look();
  return { tree, refresh: follow };
}

interface Drawing {
  readonly view: vscode.TreeView<string>;
  readonly draw: (next: Tree) => void;
  readonly tree: () => Tree;
}

/** The editor's view over the nodes' ids; only rows that changed are drawn anew. */
function createDrawing(subscriptions: vscode.ExtensionContext['subscriptions']): Drawing {
  const changed = new vscode.EventEmitter<string[] | undefined>();
  let tree = EMPTY_TREE;
  const view = vscode.window.createTreeView(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (id?: string) => [
        ...(id === undefined ? tree.roots : (tree.nodes.get(id)?.children ?? [])),
      ],
      getTreeItem: (id) => treeItem(id, tree.nodes.get(id)),
    },
    showCollapseAll: true,
  });
  subscriptions.push(view, changed);
  return {
    view,
    tree: () => tree,
    draw: (next) => {
      const ids = changedNodes(tree, next);
      tree = next;
      if (ids?.length !== 0) changed.fire(ids && [...ids]);
      view.badge = badge(next.unhealthy);
    },
  };
}

function treeItem(id: string, node: TreeNode | undefined): vscode.TreeItem {
  // The editor may ask for a node that has just gone; it gets an empty row, which the next drawing takes away.
  const item = new vscode.TreeItem(node?.label ?? '');
  item.id = id;
  if (!node) return item;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.iconPath = new vscode.ThemeIcon(node.icon.name, new vscode.ThemeColor(node.icon.color));
  item.contextValue = node.contextValue;
  item.accessibilityInformation = { label: node.spoken };
  item.collapsibleState = collapsible(node);
  return item;
}

/** Projects are open at first, and services with several containers; a single container says what its service says. */
function collapsible({ kind, children }: TreeNode): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return kind === 'project' || children.length > 1
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function badge(unhealthy: number): vscode.ViewBadge | undefined {
  if (unhealthy === 0) return undefined;
  const tooltip = unhealthy === 1 ? '1 unhealthy container' : `${unhealthy} unhealthy containers`;
  return { value: unhealthy, tooltip };
}

function stateOf(snapshot: Snapshot): string {
  switch (snapshot.kind) {
    case 'loading':
      return 'loading';
    case 'failed':
      return snapshot.failure.kind;
    case 'ready': {
      const { projects, others } = snapshot.inventory;
      return projects.length + others.length === 0 ? 'empty' : 'ready';
    }
  }
}
