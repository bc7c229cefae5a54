/** The Services tree as data: what is shown, what is spoken, what can be done, and what is drawn anew. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { type Container, toInventory } from '../../../client/src/docker/model.ts';
import { changedNodes, EMPTY_TREE, serviceId, toTree } from '../../../client/src/services/nodes.ts';
import { inStartOrder } from '../../../client/src/services/order.ts';
import { conditionOf } from '../../../client/src/services/status.ts';
import { container, member } from './fake-engine.ts';

const isDatabase = ({ image }: { readonly image: string }) => image.startsWith('redis');
const tree = (...containers: readonly Container[]) => toTree(toInventory(containers), isDatabase);
const service = (...containers: readonly Container[]) => {
  const node = tree(...containers).nodes.get(serviceId('p', 's'));
  assert.ok(node);
  return node;
};

describe('a service', () => {
  test.each([
    [{ state: 'running' }, 'running', 'play-circle', 'service stop restart showLogs'],
    [
      { state: 'running', health: 'healthy' },
      'running (healthy)',
      'pass',
      'service stop restart showLogs',
    ],
    [
      { state: 'running', health: 'unhealthy' },
      'running (unhealthy)',
      'warning',
      'service stop restart showLogs',
    ],
    [
      { state: 'running', health: 'starting' },
      'running (starting)',
      'sync',
      'service stop restart showLogs',
    ],
    [{ state: 'exited', exitCode: 0 }, 'exited (0)', 'circle-outline', 'service start showLogs'],
    [
      { state: 'exited', exitCode: 137 },
      'exited (137)',
      'circle-outline',
      'service start showLogs',
    ],
    [{ state: 'exited', exitCode: 1 }, 'exited (1)', 'error', 'service start showLogs'],
    [{ state: 'paused' }, 'paused', 'debug-pause', 'service stop restart showLogs'],
    [{ state: 'created' }, 'created', 'circle-outline', 'service start showLogs'],
    [{ state: 'restarting' }, 'restarting', 'debug-restart', 'service stop restart showLogs'],
    [{ state: 'dead' }, 'dead', 'error', 'service start showLogs'],
  ] as const)('%o says "%s"', (state, description, icon, contextValue) => {
    const node = service(member('p', 's', state));
    assert.equal(node.description, description);
    assert.equal(node.icon.name, icon);
    assert.equal(node.contextValue, contextValue);
    assert.equal(node.spoken, `s, service, ${description}`);
  });

  test('that a backup engine knows can be backed up', () => {
    const node = service(member('p', 's', { image: 'redis:7' }));
    assert.equal(node.contextValue, 'service stop restart showLogs backUp');
  });

  test('of several containers counts them, is as bad as the worst, and can be started and stopped', () => {
    const node = service(
      member('p', 's', { name: 's-1', id: '1' }),
      member('p', 's', { name: 's-2', id: '2', health: 'unhealthy' }),
      member('p', 's', { name: 's-3', id: '3', state: 'exited', exitCode: 2 }),
    );
    assert.equal(node.description, '1 unhealthy, 1 failed, 2 of 3 running');
    assert.equal(node.icon.name, 'warning');
    assert.deepEqual(node.actions, ['start', 'stop', 'restart', 'showLogs']);
    assert.deepEqual(node.children, ['container:1', 'container:2', 'container:3']);
  });
});

test('the badge counts containers that are not well, wherever they are, and names them', () => {
  const all = tree(
    member('p', 's', { health: 'unhealthy' }),
    container('x', { health: 'unhealthy' }),
    container('y'),
    member('p', 't', { state: 'restarting' }),
    member('p', 'u', { state: 'exited', exitCode: 1 }),
    member('p', 'v', { state: 'exited', exitCode: 0 }),
  );
  assert.deepEqual(all.badge, {
    value: 4,
    tooltip: '2 unhealthy (p-s-1, x), 1 failed (p-u-1), 1 restarting (p-t-1)',
  });
  assert.equal(EMPTY_TREE.badge, undefined);
  assert.equal(tree(container('y')).badge, undefined);
});

test('a project says bad news first, and a service that starts again and again is bad news', () => {
  const all = tree(
    member('p', 's'),
    member('p', 't', { state: 'restarting' }),
    member('p', 'u', { health: 'unhealthy' }),
  );
  assert.equal(
    all.nodes.get('project:p')?.description,
    '1 unhealthy, 1 restarting, 2 of 3 running',
  );
});

test('containers without a project stand last, together, and are not stopped together', () => {
  const all = tree(container('x'), member('zoo', 's'));
  assert.deepEqual(all.roots, ['project:zoo', 'others']);
  assert.deepEqual(all.nodes.get('others')?.actions, []);
  assert.deepEqual(all.nodes.get('others')?.children, ['container:id-of-x']);
});

describe('drawing anew', () => {
  const before = tree(member('p', 's'), member('p', 't'));

  test('touches nothing when nothing changed', () => {
    assert.deepEqual(changedNodes(before, tree(member('p', 's'), member('p', 't'))), []);
  });

  test('touches only what changed; ids do not change with the state', () => {
    const after = tree(member('p', 's', { state: 'exited', exitCode: 0 }), member('p', 't'));
    const [first] = before.nodes.get('service:p/s')?.containers ?? [];
    assert.deepEqual(changedNodes(before, after)?.toSorted(), [
      `container:${first?.id ?? ''}`,
      'project:p',
      'service:p/s',
    ]);
    assert.deepEqual([...before.nodes.keys()], [...after.nodes.keys()]);
  });

  test('begins at the parent when a child came or went', () => {
    const after = tree(member('p', 's'));
    assert.deepEqual(changedNodes(before, after), ['project:p']);
  });

  test('begins at the root when a project came or went', () => {
    assert.equal(changedNodes(before, EMPTY_TREE), undefined);
    assert.equal(changedNodes(EMPTY_TREE, before), undefined);
  });
});

describe('the start order', () => {
  const needs = (name: string, label: string) =>
    member('p', name, { labels: { 'com.docker.compose.depends_on': label } });
  const order = (...containers: readonly Container[]) =>
    inStartOrder(containers).map(({ name }) => name.split('-')[1]);

  test('has first what others depend on', () => {
    const web = needs('web', 'php:service_started:false');
    const php = needs('php', 'db:service_healthy:true,cache:service_started:false');
    assert.deepEqual(order(web, php, member('p', 'db'), member('p', 'cache')), [
      'db',
      'cache',
      'php',
      'web',
    ]);
  });

  test('survives a circle, and a name that is not there', () => {
    const sorted = order(needs('a', 'b::'), needs('b', 'a::'), needs('c', 'nobody::'));
    assert.deepEqual(sorted.toSorted(), ['a', 'b', 'c']);
  });
});

test('a container that is being removed has stopped', () => {
  assert.equal(conditionOf(container('x', { state: 'removing' })), 'stopped');
});
