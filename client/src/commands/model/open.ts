/** Open Effective Compose File: what Compose would run of the project, read-only, beside the file. */
import type { App, Command, Outcome } from '../app.ts';
import {
  addressOf,
  chooseProfiles,
  IN_COMPOSE_FILE,
  ON_COMPOSE_FILE,
  projectAt,
} from './target.ts';

export const openModel = {
  id: 'dockwright.model.open',
  title: 'Open Effective Compose File',
  icon: 'open-preview',
  menus: [
    { menu: 'editor/title', when: IN_COMPOSE_FILE, group: 'navigation@50' },
    { menu: 'editor/context', when: IN_COMPOSE_FILE, group: 'navigation@50' },
    { menu: 'explorer/context', when: ON_COMPOSE_FILE, group: 'navigation@50' },
  ],
  keys: { key: 'ctrl+k v', mac: 'cmd+k v', when: `editorTextFocus && ${IN_COMPOSE_FILE}` },
  palette: IN_COMPOSE_FILE,
  run,
} as const satisfies Command;

async function run(app: App, argument?: unknown): Outcome {
  const uri = addressOf(app, argument);
  if (uri === undefined) {
    return { message: 'No file is open. Open a Compose file first.' };
  }
  const project = await projectAt(app, uri);
  if (!project.ok) return project.error;
  const { main, profiles } = project.value;
  const isAsked = profiles.length > 0 && !app.models.profiles.has(main);
  if (isAsked && !(await chooseProfiles(app, project.value))) return undefined;
  await app.models.show(main);
  return undefined;
}
