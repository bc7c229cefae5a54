/** Services that wait for one another in a circle. */
import type { Refusal } from '../refusal.ts';
import type { Need } from './facts.ts';

/** By name, what each service needs. */
export type Needs = ReadonlyMap<string, { readonly facts: { readonly needs: readonly Need[] } }>;

interface Step {
  readonly name: string;
  readonly needs: readonly Need[];
  /** The next of `needs` to follow. */
  next: number;
}

/** Each circle once, at the reference of its first service in the order of the file. Linear, and safe for long chains. */
export function cycleRefusals(services: Needs): readonly Refusal[] {
  const done = new Set<string>();
  const refusals: Refusal[] = [];
  for (const [name, { facts }] of services) {
    if (facts.needs.length > 0 && !done.has(name)) {
      refusals.push(...circlesFrom(name, services, done));
    }
  }
  return refusals;
}

function circlesFrom(first: string, services: Needs, done: Set<string>): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const stepTo = (name: string): Step => ({
    name,
    needs: services.get(name)?.facts.needs ?? [],
    next: 0,
  });
  const stack = [stepTo(first)];
  const depths = new Map([[first, 0]]);
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    const need = step.needs[step.next++];
    if (need === undefined) {
      done.add(step.name);
      depths.delete(step.name);
      stack.pop();
    } else if (depths.has(need.name)) {
      refusals.push(circle(stack.slice(depths.get(need.name)), need));
    } else if (!done.has(need.name)) {
      depths.set(need.name, stack.length);
      stack.push(stepTo(need.name));
    }
  }
  return unique(refusals);
}

/** The reference that each of the steps has just followed leads to the next, and `last` to the first of them. */
function circle(steps: readonly Step[], last: Need): Refusal {
  const [first] = steps;
  const names = steps.map(({ name }) => name);
  const { place } = first?.needs[first.next - 1] ?? last;
  const way = [...names, last.name].join(' → ');
  const message =
    names.length === 1
      ? `${last.name} waits for itself, so it could never start. Remove the reference.`
      : `These services wait for one another, so that none could start: ${way}. Remove one of the references.`;
  return { rule: 'compose/dependency-cycle', message, place, service: last.name };
}

/** Two references from one service to the next are one circle. */
function unique(refusals: readonly Refusal[]): readonly Refusal[] {
  const seen = new Set<string>();
  return refusals.filter(({ message }) => !seen.has(message) && seen.add(message));
}
