/** Runs `dockwright model` without a process of its own: on hundreds of projects, starting programs is most of the work. */
import { parseArguments } from '../../server/src/cli/arguments.ts';
import { model } from '../../server/src/cli/commands/model.ts';
import type { Io } from '../../server/src/cli/io.ts';
import { type AskDockwright, dockwrightAnswer, modelArguments, surroundings } from './ask.ts';

/** The command itself, with the folder and the environment that a process would have. */
export const inProcess: AskDockwright = async (project) => {
  let out = '';
  let err = '';
  const io: Io = {
    cwd: project.folder,
    env: surroundings(project.environment),
    colors: false,
    columns: undefined,
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Promise.resolve(new Uint8Array()),
    script: undefined,
    pause: () => Promise.resolve(),
  };
  const given = parseArguments(model, modelArguments(project).slice(1));
  const outcome = given.ok ? await model.run(given.value, io) : given;
  if (!outcome.ok) return { kind: 'failed', why: outcome.error };
  return dockwrightAnswer(project, { code: outcome.value, out, err });
};
