/** Where the editor enters. What has to end with the extension is in its subscriptions, so there is no `deactivate`. */
import type * as vscode from 'vscode';
import { activateExtension } from './vscode/activate.ts';

export function activate(context: vscode.ExtensionContext): void {
  activateExtension(context);
}
