/** Answers what Compose would run of a project, with unsaved texts, and where each line of it comes from. */
import { dirname, relative, sep } from 'node:path';
import type { CancellationToken } from 'vscode-languageserver/node';
import { type Memory, memoryOf } from '../engine/memory.ts';
import { type Model, modelOf, type Reason } from '../engine/model.ts';
import type { PlaceInFile } from '../engine/places.ts';
import { modelText, type Origin } from '../engine/model-text.ts';
import type { FileFacts } from '../project/files.ts';
import type {
  ModelAnswer,
  ModelLine,
  ModelParams,
  ModelPlace,
  ModelProfile,
  ProjectModel,
} from '../protocol/model.ts';
import { at } from './client.ts';
import { pathOf, type Documents } from './documents.ts';
import { throwIfCancelled } from './guard.ts';
import { nextTurn } from './quiet.ts';

type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

export interface Models {
  /** Undefined where the parameter is not what the protocol says. */
  readonly answer: (params: unknown, token: CancellationToken) => Promise<ModelAnswer | undefined>;
}

/** `environment` is what Compose would find in its process; give the same object as long as it holds. */
export function effectiveModels(
  documents: Pick<Documents, 'facts' | 'uriOf'>,
  environment: ProcessEnvironment,
): Models {
  // What was read of the project that was asked for last: whoever looks at a model types in one project.
  const last: { path?: string; memory?: Memory } = {};

  const memoryFor = (path: string): Memory => {
    const known = last.path === path ? last.memory : undefined;
    const memory = known ?? memoryOf(documents.facts);
    memory.ledger.refresh(documents.facts);
    Object.assign(last, { path, memory });
    return memory;
  };
  return {
    answer: async (given, token) => {
      const params = paramsOf(given);
      if (!params) return undefined;
      // Whoever types asks again and again; a request that was cancelled meanwhile costs nothing.
      await nextTurn();
      throwIfCancelled(token);
      const path = pathOf(params.uri);
      if (path === undefined || documents.facts.kindOf(path) === undefined) return { kind: 'none' };
      const { ledger, parse, project: memo } = memoryFor(path);
      const { facts, folders } = recorded(ledger.facts);
      const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '~';
      const model = modelOf(
        { path, profiles: profilesFrom(params), home },
        { facts, parse, process: environment },
        memo,
      );
      return model ? answerFor(model, { path, folders }, documents) : { kind: 'none' };
    },
  };
}

/** No profile at all has to be said as one that nothing has: none given would mean those of COMPOSE_PROFILES. */
function profilesFrom({ profiles }: ModelParams): readonly string[] {
  return profiles?.length === 0 ? [''] : (profiles ?? []);
}

function paramsOf(given: unknown): ModelParams | undefined {
  const [uri, profiles] = [at(given, 'uri'), at(given, 'profiles')];
  if (typeof uri !== 'string') return undefined;
  if (!Array.isArray(profiles)) return { uri };
  return { uri, profiles: profiles.filter((one) => typeof one === 'string') };
}

/** The facts, and the folders of all files whose text was asked for. */
function recorded(facts: FileFacts): {
  readonly facts: FileFacts;
  readonly folders: ReadonlySet<string>;
} {
  const folders = new Set<string>();
  const readText = (path: string): string | undefined => {
    folders.add(dirname(path));
    return facts.readText(path);
  };
  return { facts: { ...facts, readText }, folders };
}

type Places = (place: PlaceInFile) => ModelPlace;

interface Asked {
  readonly path: string;
  readonly folders: ReadonlySet<string>;
}

function answerFor(model: Model, asked: Asked, { uriOf }: Pick<Documents, 'uriOf'>): ProjectModel {
  const { project, refused } = model;
  const placed: Places = ({ file, position, end }) => ({
    uri: uriOf(file),
    range: { start: position, end },
  });
  const folders = [...new Set([...asked.folders, project.directory])].sort();
  return {
    ...(refused.length > 0 ? refusal(model, placed) : effective(model, placed)),
    main: uriOf(mainOf(project, asked)),
    profiles: profilesOf(model),
    folders: folders.map(uriOf),
  };
}

/** A piece that is laid over the project of its folder makes another project of it. */
function mainOf({ found: { files, reason } }: Model['project'], { path }: Asked): string {
  return reason === 'default' ? (files[0] ?? path) : path;
}

type Content = Pick<ProjectModel, 'kind' | 'text' | 'lines'>;

function effective(model: Model, placed: Places): Content {
  const { text, origins } = modelText(model);
  return { kind: 'model', text, lines: origins.map((origin) => lineOf(origin, placed)) };
}

function lineOf({ path, written, steps }: Origin, placed: Places): ModelLine {
  return {
    path,
    ...(written && { at: placed(written) }),
    steps: steps.map(({ what, at: place }) => ({ what, ...(place && { at: placed(place) }) })),
  };
}

function refusal({ refused, project }: Model, placed: Places): Content {
  const head: Comment = {
    text: 'Compose would refuse this project:',
    line: { path: '', steps: [] },
  };
  const comments = [
    head,
    ...refused.flatMap((reason) => commentsOf(reason, project.directory, placed)),
  ];
  return {
    kind: 'refused',
    text: comments.map(({ text }) => `# ${text}\n`).join(''),
    lines: comments.map(({ line }) => line),
  };
}

interface Comment {
  readonly text: string;
  readonly line: ModelLine;
}

/** A window beside another one is narrow. */
const COLUMNS = 76;

function commentsOf(
  { message, at: place }: Reason,
  directory: string,
  placed: Places,
): readonly Comment[] {
  const line: ModelLine = { path: '', ...(place && { at: placed(place) }), steps: [] };
  const where = place ? `${placeName(place, directory)} ` : '';
  return wrapped(`${where}${message}`).map((text, index) => ({
    text: index === 0 ? text : `  ${text}`,
    line,
  }));
}

function placeName(
  { file, position: { line, character } }: PlaceInFile,
  directory: string,
): string {
  return `${relative(directory, file).split(sep).join('/')}:${line + 1}:${character + 1}`;
}

/** Broken between words; a long word stays whole. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > COLUMNS) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

function profilesOf({ project }: Model): readonly ModelProfile[] {
  const { services, found } = project;
  const names = new Set(services.flatMap(({ profiles }) => profiles));
  const isActive = (name: string): boolean =>
    found.profiles.includes('*') || found.profiles.includes(name);
  return [...names].sort().map((name) => ({
    name,
    isActive: isActive(name),
    services: services.filter(({ profiles }) => profiles.includes(name)).map((one) => one.name),
  }));
}
