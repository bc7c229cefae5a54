/** The Services view: draws the tree's plain nodes, and follows the engine while somebody looks. */
import * as vscode from 'vscode';
import { sleep } from '../docker/abort.ts';
import type { Engine } from '../docker/engine.ts';
import {
  type Button,
  describeEngineFailure,
  type EngineFailure,
  type Result,
  waysOn,
} from '../docker/failure.ts';
import { type Snapshot, watch } from '../docker/watch.ts';
import { canBackUp } from '../commands/service/target.ts';
import { changedNodes, EMPTY_TREE, toTree, type Tree, type TreeNode } from '../services/nodes.ts';

const VIEW = 'dockwright.services';
/** Which welcome text the empty view shows: `loading` or `empty`; none when it is `failed` or `ready`. */
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
    draw(
      snapshot.kind === 'ready' ? toTree(snapshot.inventory, canBackUp) : EMPTY_TREE,
      state.failure,
    );
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

const NO_WAYS: readonly Button[] = [];

interface Drawing {
  readonly view: vscode.TreeView<string>;
  /** A failure is told above the rows, and what can be done about it is a row each. */
  readonly draw: (next: Tree, failure?: EngineFailure) => void;
  readonly tree: () => Tree;
}

/** The editor's view over the nodes' ids; only rows that changed are drawn anew. */
function createDrawing(subscriptions: vscode.ExtensionContext['subscriptions']): Drawing {
  const changed = new vscode.EventEmitter<string[] | undefined>();
  let tree = EMPTY_TREE;
  let ways = NO_WAYS;
  const view = vscode.window.createTreeView(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (id?: string) => [
        ...(id === undefined
          ? [...tree.roots, ...ways.map(({ title }) => title)]
          : (tree.nodes.get(id)?.children ?? [])),
      ],
      getTreeItem: (id) => {
        const way = ways.find(({ title }) => title === id);
        return way ? wayItem(way) : treeItem(id, tree.nodes.get(id));
      },
    },
    showCollapseAll: true,
  });
  subscriptions.push(view, changed);
  return {
    view,
    tree: () => tree,
    draw: (next, failure) => {
      const before = ways;
      ways = failure ? waysOn(failure) : NO_WAYS;
      const ids = ways === before ? changedNodes(tree, next) : undefined;
      tree = next;
      // The editor shows either this or a welcome text, and only this can hold the address that was asked.
      view.message = failure ? describeEngineFailure(failure).message : '';
      if (ids?.length !== 0) changed.fire(ids && [...ids]);
      view.badge = next.badge;
    },
  };
}

function wayItem({ title, command, argument }: Button): vscode.TreeItem {
  const item = new vscode.TreeItem(title);
  item.command = { title, command, ...(argument === undefined ? {} : { arguments: [argument] }) };
  item.iconPath = new vscode.ThemeIcon('arrow-right');
  return item;
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

function stateOf(snapshot: Snapshot): string {
  switch (snapshot.kind) {
    case 'loading':
      return 'loading';
    case 'failed':
      return 'failed';
    case 'ready': {
      const { projects, others } = snapshot.inventory;
      return projects.length + others.length === 0 ? 'empty' : 'ready';
    }
  }
}
