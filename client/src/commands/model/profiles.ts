/** Choose Profiles: which profiles are switched on in the effective model that is shown. */
import type { App, Command, Outcome } from '../app.ts';
import { chooseProfiles, IN_MODEL, projectAt } from './target.ts';

export const chooseModelProfiles = {
  id: 'dockwright.model.chooseProfiles',
  title: 'Choose Profiles of Effective Compose File',
  icon: 'filter',
  menus: [{ menu: 'editor/title', when: IN_MODEL, group: 'navigation@1' }],
  palette: IN_MODEL,
  run,
} as const satisfies Command;

async function run(app: App): Outcome {
  const file = app.models.shown();
  if (file === undefined) {
    return { message: 'No effective Compose file is shown. Open one from a Compose file first.' };
  }
  const project = await projectAt(app, file);
  if (!project.ok) return project.error;
  if (project.value.profiles.length === 0) {
    app.ui.inform('No service of this project has profiles, so all of them run.');
    return undefined;
  }
  if (await chooseProfiles(app, project.value)) await app.models.show(file);
  return undefined;
}
