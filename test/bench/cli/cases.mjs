// What is run on the command line: each case a name, a command, and how often.
import { join } from 'node:path';
import {
  aliasFile,
  composeFile,
  dockerfile,
  projectName,
  put,
  writeRepository,
} from '../generate.mjs';
import { onOneCore } from './run.mjs';

/** Services of the file with many aliases. */
const ALIAS_SERVICES = 2000;

/** dclint takes minutes for these; they need `--full`. */
const SLOW_FOR_DCLINT = 5000;

/** Writes all files below a folder. `projects` is how many folders the repository has, `sample` how many the small one. */
export function writeFiles(folder, { sizes, projects, sample }) {
  put(join(folder, '.git', 'HEAD'), ''); // Nothing above this folder counts.
  const files = {
    compose: new Map(
      sizes.map((size) => [
        size,
        put(join(folder, `clean-${size}`, 'compose.yaml'), composeFile(size, { clean: true })),
      ]),
    ),
    dockerfile: put(join(folder, 'docker-50', 'Dockerfile'), dockerfile(50)),
    repository: writeRepository(join(folder, 'repository'), projects),
    sample: writeRepository(join(folder, 'sample'), sample),
  };
  for (const aliases of [true, false]) {
    const name = aliases ? 'aliases' : 'plain';
    const text = aliasFile(ALIAS_SERVICES, { aliases });
    files[name] = put(join(folder, name, 'compose.yaml'), text);
  }
  return files;
}

/** `tools`: { ours, floorParse, peers }; `options`: { runs, full }. Answers { name → case }. */
export function casesFor(files, tools, { runs, full, projects, sample }) {
  const node = process.execPath;
  const ours = (...args) => [node, tools.ours, 'check', ...args];
  const few = Math.min(runs, 3);
  const floor = [node, tools.floorParse, files.repository];
  const oneCore = onOneCore(ours(files.repository));
  const floorOneCore = onOneCore(floor);
  return {
    'node -e 0': { command: [node, '-e', '0'], runs },
    'ours --version': { command: [node, tools.ours, '--version'], runs },
    ...Object.fromEntries(
      [...files.compose].map(([size, file]) => [
        `ours, ${size} services`,
        { command: ours(file), runs: size > 1000 ? few : runs },
      ]),
    ),
    'ours, Dockerfile of 50': { command: ours(files.dockerfile), runs },
    [`ours, ${ALIAS_SERVICES} services, aliases`]: { command: ours(files.aliases), runs: few },
    [`ours, ${ALIAS_SERVICES} services, in full`]: { command: ours(files.plain), runs: few },
    'ours, repository': { command: ours(files.repository), runs: few },
    ...(oneCore && { 'ours, repository, one core': { command: oneCore, runs: few } }),
    'floor, repository': { command: floor, runs: few },
    ...(floorOneCore && { 'floor, repository, one core': { command: floorOneCore, runs: few } }),
    ...(tools.peers && peerCases(files, tools.peers, { runs, full, projects, sample })),
  };
}

function peerCases(files, { dclint, dockerfilelint, dockerfileUtils }, options) {
  const { runs, full, projects, sample } = options;
  const few = Math.min(runs, 3);
  const composeSizes = [...files.compose.keys()].filter((size) => full || size < SLOW_FOR_DCLINT);
  const [folder, count] = full ? [files.repository, projects] : [files.sample, sample];
  const dockerfiles = Array.from({ length: projects }, (_, index) =>
    join(files.repository, projectName(index), 'Dockerfile'),
  );
  return {
    'dclint --help': { command: [...dclint, '--help'], runs },
    ...Object.fromEntries(
      composeSizes.map((size) => [
        `dclint, ${size} services`,
        { command: [...dclint, files.compose.get(size)], runs: size >= 1000 ? 1 : runs },
      ]),
    ),
    'dockerfile-utils, Dockerfile of 50': {
      command: [...dockerfileUtils, 'lint', files.dockerfile],
      runs,
    },
    'dockerfilelint, Dockerfile of 50': { command: [...dockerfilelint, files.dockerfile], runs },
    // Where only a sample is checked, its time without the start is scaled to the whole repository.
    'dclint, repository': {
      command: [...dclint, '-r', folder],
      runs: 1,
      ...(!full && { times: projects / count, start: 'dclint --help' }),
      timeoutMs: 1_200_000,
    },
    'dockerfilelint, repository': { command: [...dockerfilelint, ...dockerfiles], runs: few },
  };
}
