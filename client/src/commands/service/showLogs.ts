/** Show Logs: follows a service's log in an output channel of its own, through stops and starts. */
import { followLogs, type LogEntry } from '../../docker/logs.ts';
import type { TreeNode } from '../../services/nodes.ts';
import type { App, Command, Outcome } from '../app.ts';
import { onNodes } from './menu.ts';
import { type Target, targetOf } from './target.ts';

export const showLogs = {
  id: 'dockwright.service.showLogs',
  title: 'Show Logs',
  icon: 'output',
  menus: onNodes('showLogs', 4),
  run,
} as const satisfies Command;

async function run(app: App, argument: unknown): Outcome {
  const target = await targetOf(app, argument, 'showLogs');
  if (!target.ok) return target.error;
  if (target.value) follow(app, target.value);
  return undefined;
}

/** Goes on after the command is done, until the extension ends or the engine is lost. */
function follow(app: App, { node, engine }: Target): void {
  const channel = app.ui.logChannel(node.id, channelName(node));
  channel.show();
  if (app.followed.has(node.id)) return;
  app.followed.add(node.id);
  channel.clear();
  const several = node.containers.length > 1;
  const readers = node.containers.map((container) =>
    followLogs(
      engine,
      container,
      (entry) => {
        channel.write(format(entry, several ? container.name : undefined));
      },
      app.lifetime,
    ),
  );
  void Promise.all(readers).finally(() => {
    app.followed.delete(node.id);
  });
}

function channelName({ label, kind, containers: [first] }: TreeNode): string {
  const project = first?.labels['com.docker.compose.project'];
  return kind === 'service' && project ? `${label} (${project})` : label;
}

/** The program's lines as they are, behind the container's name when there are several. */
function format({ kind, text }: LogEntry, name: string | undefined): string {
  if (kind === 'note') return `— ${text} —`;
  return name ? `${name} | ${text}` : text;
}
