/** What the commands about the effective model have in common: when they are offered, and which file they are about. */
import { type Advice, fail, ok, type Result } from '../../docker/failure.ts';
import type { ProjectModel } from '../../../../server/src/protocol/model.ts';
import type { App } from '../app.ts';

/** The scheme of the read-only documents that show effective models. */
export const MODEL_SCHEME = 'dockwright-model';

const COMPOSE_NAME = 'resourceFilename =~ /^(docker-)?compose.*\\.ya?ml$/';

/** A Compose file in the editor, for the editor's `when`; the documents that show models are none. */
export const IN_COMPOSE_FILE = `resourceScheme != ${MODEL_SCHEME} && (editorLangId == dockercompose || ${COMPOSE_NAME})`;

/** A Compose file in the explorer, which knows no languages of files that are not open. */
export const ON_COMPOSE_FILE = COMPOSE_NAME;

export const IN_MODEL = `resourceScheme == ${MODEL_SCHEME}`;

/** The address that a menu hands over, or that of the document in the editor. */
export function addressOf(app: App, argument: unknown): string | undefined {
  // The editor's addresses know how to write themselves; a key binding hands over nothing.
  const isAddress = typeof argument === 'object' && argument !== null && 'scheme' in argument;
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the editor's Uri has a toString of its own
  return isAddress ? String(argument) : app.ui.activeDocument()?.uri;
}

/** Asks for the model of the project that a file belongs to, with the profiles that were chosen for it. */
export async function projectAt(app: App, uri: string): Promise<Result<ProjectModel, Advice>> {
  const answer = await app.server.model({ uri });
  if (!answer.ok) return answer;
  if (answer.value.kind === 'none') return fail(NO_PROJECT);
  return ok(answer.value);
}

const NO_PROJECT: Advice = {
  message:
    'There is no Compose project here. Open a Compose file that is saved in a folder, and try again.',
};

/** Lets a person choose from the profiles of a project; false when the person gave up. */
export async function chooseProfiles(
  app: App,
  { main, profiles }: Pick<ProjectModel, 'main' | 'profiles'>,
): Promise<boolean> {
  const before = app.models.profiles.get(main);
  const active = before ?? profiles.filter(({ isActive }) => isActive).map(({ name }) => name);
  const chosen = await app.ui.pickMany(
    'Which profiles should be switched on?',
    profiles.map(({ name, services }) => ({
      label: name,
      description: services.join(', '),
      value: name,
    })),
    active,
  );
  if (chosen) app.models.profiles.set(main, chosen);
  return chosen !== undefined;
}
