/** What start, stop and restart have in common. */
import type { Engine } from '../../docker/engine.ts';
import { describeEngineFailure } from '../../docker/failure.ts';
import { type Container, SERVICE_LABEL } from '../../docker/model.ts';
import type { TreeNode } from '../../services/nodes.ts';
import { inStartOrder } from '../../services/order.ts';
import type { App, Outcome } from '../app.ts';
import { targetOf } from './target.ts';

type Verb = 'start' | 'stop' | 'restart';

const UP = ['running', 'paused', 'restarting'];
const isUp = ({ state }: Container): boolean => UP.includes(state);

/** Which containers of a node each verb is for, and in which order. */
const members: Readonly<Record<Verb, (all: readonly Container[]) => readonly Container[]>> = {
  start: (all) => inStartOrder(all.filter((each) => !isUp(each))),
  stop: (all) => [...inStartOrder(all.filter(isUp))].reverse(),
  restart: (all) => inStartOrder(all.filter(isUp)),
};

/** One after the other; the first that fails ends it, because what comes next may depend on it. */
export async function power(app: App, argument: unknown, verb: Verb): Outcome {
  const target = await targetOf(app, argument, verb);
  if (!target.ok) return target.error;
  if (!target.value) return undefined;
  const { node, engine } = target.value;
  const containers = members[verb](node.containers);
  if (!(await isMeant(app, verb, node, containers))) return undefined;
  return app.ui.inView(() => all(engine, containers, verb));
}

/** What takes a whole project down is asked about first; a start, and anything on one service, is not. */
async function isMeant(
  { ui }: App,
  verb: Verb,
  node: TreeNode,
  containers: readonly Container[],
): Promise<boolean> {
  if (node.kind !== 'project' || verb === 'start' || containers.length === 0) return true;
  const services = [...new Set(containers.map(serviceOf))];
  const ofAll = new Set(node.containers.map(serviceOf)).size;
  const count = services.length === 1 ? '1 service' : `${services.length} services`;
  const all = services.length > 1 && services.length === ofAll ? 'all ' : '';
  const button = BUTTONS[verb];
  return ui.confirm(`${button} ${all}${count} of ${node.label}?`, services.join(', '), button);
}

const BUTTONS = { stop: 'Stop', restart: 'Restart' } as const;

function serviceOf({ labels, name }: Container): string {
  return labels[SERVICE_LABEL] ?? name;
}

async function all(engine: Engine, containers: readonly Container[], verb: Verb): Outcome {
  for (const { id, name } of containers) {
    const done = await engine[verb](id);
    if (!done.ok) {
      const { message, button } = describeEngineFailure(done.error);
      return {
        message: `${name} could not be ${PAST[verb]}. ${message}`,
        ...(button ? { button } : {}),
      };
    }
  }
  return undefined;
}

const PAST: Readonly<Record<Verb, string>> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
};
