/** Back Up Now: saves a database service to a file, with progress and a way to stop. */
import { describeBackupFailure } from '../../backup/failure.ts';
import { engineFor } from '../../backup/registry.ts';
import { backUp as makeBackup } from '../../backup/run.ts';
import { type Container, PROJECT_LABEL, SERVICE_LABEL } from '../../docker/model.ts';
import type { App, Command, Outcome } from '../app.ts';
import { onNodes } from './menu.ts';
import { canBackUp, nothingTo, type Target, targetOf } from './target.ts';

export const backUp = {
  id: 'dockwright.service.backUp',
  title: 'Back Up Now',
  icon: 'save',
  menus: onNodes('backUp', 5),
  run,
} as const satisfies Command;

const REPORT_EVERY_MS = 250;

async function run(app: App, argument: unknown): Outcome {
  const root = app.backups.folder();
  if (!root) return describeBackupFailure({ kind: 'noFolder' });
  const target = await targetOf(app, argument, 'backUp');
  if (!target.ok) return target.error;
  if (!target.value) return undefined;
  const fitting = target.value.node.containers.filter(canBackUp);
  if (fitting.length === 0) return nothingTo('backUp');
  const container = await chooseContainer(app, fitting);
  return container && save(app, target.value, container, root);
}

/** Replicas of one service are copies of each other or not: only its person knows which one is to be saved. */
async function chooseContainer(
  app: App,
  fitting: readonly Container[],
): Promise<Container | undefined> {
  if (fitting.length < 2) return fitting[0];
  return app.ui.pick(
    'Which container of this service do you want to back up?',
    fitting.map((value) => ({ label: value.name, description: value.state, value })),
  );
}

async function save(app: App, { engine }: Target, container: Container, root: string): Outcome {
  const backup = engineFor(container);
  if (!backup) return undefined;
  const service = container.labels[SERVICE_LABEL] ?? container.name;
  const result = await app.ui.cancellable(`Backing up ${service}`, (report, signal) =>
    makeBackup({
      engine,
      backup,
      container,
      project: container.labels[PROJECT_LABEL] ?? 'containers',
      service,
      root,
      now: app.backups.now,
      onBytes: seldom(app, (bytes) => {
        report(showBytes(bytes));
      }),
      signal,
    }),
  );
  if (!result.ok) {
    if (result.error.kind === 'cancelled') {
      app.ui.inform(`The backup of ${service} was cancelled; nothing was written.`);
    }
    return describeBackupFailure(result.error);
  }
  const { path, manifest } = result.value;
  app.ui.informOfFile(
    `Backed up ${service}: ${showBytes(manifest.bytes)} in ${app.backups.show(path)}.`,
    path,
  );
  return undefined;
}

/** A notification need not be drawn anew for each packet. */
function seldom(app: App, report: (bytes: number) => void): (bytes: number) => void {
  let last = 0;
  return (bytes) => {
    const now = app.backups.now().getTime();
    if (now - last < REPORT_EVERY_MS) return;
    last = now;
    report(bytes);
  };
}

/** 1536 → "1.5 KiB". */
export function showBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`;
}
