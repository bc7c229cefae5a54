/** Hands the command table to the editor: the one place where a command's failure becomes one message with one button. */
import * as vscode from 'vscode';
import type { App, Command } from '../commands/app.ts';
import type { Advice } from '../docker/failure.ts';

const SHOW_OUTPUT = { title: 'Show Output', command: 'dockwright.showOutput' };

export function registerCommands(
  commands: readonly Command[],
  app: App,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  return commands.map((command) =>
    vscode.commands.registerCommand(command.id, async (...args: unknown[]) => {
      const advice = await outcomeOf(command, app, { args, log });
      // Not awaited: a message stays as long as its person likes, and the command is done.
      if (advice) void show(advice);
    }),
  );
}

interface Call {
  readonly args: readonly unknown[];
  readonly log: vscode.LogOutputChannel;
}

async function outcomeOf(
  command: Command,
  app: App,
  { args, log }: Call,
): Promise<Advice | undefined> {
  try {
    const advice = await command.run(app, ...args);
    if (advice) log.warn(`${command.title}: ${advice.message}`);
    return advice;
  } catch (error) {
    // An error that nobody expected is a defect of ours: its trace is for the channel, not for the person.
    log.error(`${command.id} failed`, error instanceof Error ? error : String(error));
    return {
      message: `"${command.title}" failed because of a defect in Dockwright. The output says more; please report it.`,
      button: SHOW_OUTPUT,
    };
  }
}

async function show({ message, button }: Advice): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(message, ...(button ? [button.title] : []));
  if (!button || chosen !== button.title) return;
  await vscode.commands.executeCommand(button.command, button.argument);
}
