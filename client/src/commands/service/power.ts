/** What start, stop and restart have in common. */
import type { Engine } from '../../docker/engine.ts';
import { describeEngineFailure } from '../../docker/failure.ts';
import type { Container } from '../../docker/model.ts';
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
  return app.ui.inView(() => all(engine, members[verb](node.containers), verb));
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
