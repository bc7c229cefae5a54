/** How a container, a service or a project is doing, in one word and one icon. Pure. */
import type { Container, ContainerState, Service } from '../docker/model.ts';

export type Condition =
  | 'unhealthy'
  | 'failed'
  | 'restarting'
  | 'starting'
  | 'paused'
  | 'healthy'
  | 'running'
  | 'created'
  | 'stopped';

/** Names of the editor's own icons and theme colours. */
export interface Icon {
  readonly name: string;
  readonly color: string;
}

/** Worst first: a group is doing as badly as its worst member. */
const WORST_FIRST: readonly Condition[] = [
  'unhealthy',
  'failed',
  'restarting',
  'starting',
  'paused',
  'running',
  'healthy',
  'created',
  'stopped',
];

const ICONS: Readonly<Record<Condition, Icon>> = {
  unhealthy: { name: 'warning', color: 'problemsWarningIcon.foreground' },
  failed: { name: 'error', color: 'problemsErrorIcon.foreground' },
  restarting: { name: 'debug-restart', color: 'problemsWarningIcon.foreground' },
  starting: { name: 'sync', color: 'charts.yellow' },
  paused: { name: 'debug-pause', color: 'charts.yellow' },
  running: { name: 'play-circle', color: 'charts.green' },
  healthy: { name: 'pass', color: 'charts.green' },
  created: { name: 'circle-outline', color: 'disabledForeground' },
  stopped: { name: 'circle-outline', color: 'disabledForeground' },
};

/** Exit codes of a program that ended well or was told to stop: Ctrl+C, KILL after the grace period, TERM. */
const CALM_EXITS: readonly number[] = [0, 130, 137, 143];

const BY_STATE: Readonly<Record<Exclude<ContainerState, 'running' | 'exited'>, Condition>> = {
  dead: 'failed',
  removing: 'stopped',
  paused: 'paused',
  restarting: 'restarting',
  created: 'created',
};

export function conditionOf({ state, health, exitCode }: Container): Condition {
  if (state === 'running') return health === 'none' ? 'running' : health;
  if (state === 'exited') return CALM_EXITS.includes(exitCode ?? 0) ? 'stopped' : 'failed';
  return BY_STATE[state];
}

/** A group's condition; members that stopped calmly matter only when nothing else runs. */
export function worst(containers: readonly Container[]): Condition {
  const present = new Set(containers.map(conditionOf));
  return WORST_FIRST.find((condition) => present.has(condition)) ?? 'stopped';
}

export function iconOf(condition: Condition): Icon {
  return ICONS[condition];
}

/** "running (healthy)", "exited (1)": what stands behind a container's name. */
export function describeContainer({ state, health, exitCode }: Container): string {
  if (state === 'running' && health !== 'none') return `running (${health})`;
  if (state === 'exited' && exitCode !== undefined) return `exited (${exitCode})`;
  return state;
}

/** As its only container, or "1 unhealthy, 2 of 3 running". */
export function describeService({ containers }: Service): string {
  const [only] = containers;
  return containers.length === 1 && only ? describeContainer(only) : describeGroup(containers);
}

export function describeGroup(containers: readonly Container[]): string {
  const running = containers.filter(({ state }) => state === 'running').length;
  const bad = troubles(containers).map(({ condition, names }) => `${names.length} ${condition}`);
  return [...bad, `${running} of ${containers.length} running`].join(', ');
}

/** How many containers want to be looked at, and which they are. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** `undefined` when all is well. */
export function badgeOf(containers: readonly Container[]): Badge | undefined {
  const bad = troubles(containers);
  if (bad.length === 0) return undefined;
  return {
    value: bad.reduce((sum, { names }) => sum + names.length, 0),
    tooltip: bad
      .map(({ condition, names }) => `${names.length} ${condition} (${names.join(', ')})`)
      .join(', '),
  };
}

/** What a person has to be told first, worst first. */
const TROUBLES = ['unhealthy', 'failed', 'restarting'] as const satisfies readonly Condition[];

function troubles(
  containers: readonly Container[],
): readonly { readonly condition: Condition; readonly names: readonly string[] }[] {
  return TROUBLES.map((condition) => ({
    condition,
    names: containers.filter((each) => conditionOf(each) === condition).map(({ name }) => name),
  })).filter(({ names }) => names.length > 0);
}
