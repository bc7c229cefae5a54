/** Compares what Dockwright makes of a project with what Compose makes of it. */
import { askCompose, type AskDockwright, type Answer } from './ask.ts';
import { firstDifference } from './difference.ts';
import type { Project } from './projects.ts';

export type Outcome =
  | 'agreed'
  | 'differed'
  | 'both refused'
  /** Both refused it, but no error of ours is on a line that is to blame. */
  | 'other line blamed'
  | 'only Compose refused'
  | 'only Dockwright refused'
  /** One of them did not answer at all. */
  | 'failed';

export interface Result {
  readonly project: Project;
  readonly outcome: Outcome;
  /** The first difference, or what was said by who refused; one or more lines. */
  readonly detail: string;
  /** Whether Compose accepts it. */
  readonly accepted: boolean;
}

/** So many at once keep two cores busy: either program waits for its files a good part of the time. */
const AT_ONCE = 4;

/** In the order of the projects. */
export async function compareAll(
  projects: readonly Project[],
  ask: AskDockwright,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = projects.map((project, index) => ({ project, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next.index] = await compare(next.project, ask);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

async function compare(project: Project, ask: AskDockwright): Promise<Result> {
  const compose = await askCompose(project);
  const ours = await ask(project);
  return {
    project,
    accepted: compose.kind === 'accepted',
    ...judge(compose, ours, project.blamed),
  };
}

/** `blamed` are lines of which one has to be named where both refuse; none: any will do. */
export function judge(
  compose: Answer,
  ours: Answer,
  blamed: readonly string[],
): Pick<Result, 'outcome' | 'detail'> {
  if (compose.kind === 'failed') return { outcome: 'failed', detail: `Compose ${compose.why}` };
  if (ours.kind === 'failed') return { outcome: 'failed', detail: `Dockwright ${ours.why}` };
  if (compose.kind === 'accepted') {
    if (ours.kind === 'refused') return { outcome: 'only Dockwright refused', detail: ours.why };
    return judgeModels(compose.model, ours.model);
  }
  if (ours.kind === 'accepted') return { outcome: 'only Compose refused', detail: compose.why };
  if (blamed.length === 0 || ours.places.some((place) => blamed.includes(place))) {
    return { outcome: 'both refused', detail: `${compose.why}\n${ours.why}` };
  }
  const detail = `${compose.why}\n${ours.why}\nto blame is ${blamed.join(' or ')}`;
  return { outcome: 'other line blamed', detail };
}

function judgeModels(compose: unknown, ours: unknown): Pick<Result, 'outcome' | 'detail'> {
  const difference = firstDifference(compose, ours);
  if (!difference) return { outcome: 'agreed', detail: '' };
  const { path, expected, actual } = difference;
  return { outcome: 'differed', detail: `${path}\nCompose: ${expected}\nDockwright: ${actual}` };
}
