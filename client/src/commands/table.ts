/** All commands. package.json repeats this list; a test compares the two. */
import type { Command } from './app.ts';
import { chooseAction } from './fix/chooseAction.ts';
import { fixFile } from './fix/file.ts';
import { fixRuleInWorkspace } from './fix/ruleInWorkspace.ts';
import { fixWorkspace } from './fix/workspace.ts';
import { openModel } from './model/open.ts';
import { chooseModelProfiles } from './model/profiles.ts';
import { backUp } from './service/backUp.ts';
import { restart } from './service/restart.ts';
import { showLogs } from './service/showLogs.ts';
import { start } from './service/start.ts';
import { stop } from './service/stop.ts';
import { refresh } from './services/refresh.ts';
import { retry } from './services/retry.ts';
import { openSettings } from './window/openSettings.ts';
import { showOutput } from './window/showOutput.ts';

export const commands: readonly Command[] = [
  refresh,
  retry,
  start,
  stop,
  restart,
  showLogs,
  backUp,
  fixFile,
  fixWorkspace,
  fixRuleInWorkspace,
  chooseAction,
  openModel,
  chooseModelProfiles,
  openSettings,
  showOutput,
];
