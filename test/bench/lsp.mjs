// `npm run bench:lsp`: our language server next to others and next to one that only parses, all in one run. README.md
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildInto, sizeKiB } from './build.mjs';
import { composeFile, dockerfile, put } from './generate.mjs';
import { goalTable, noiseNote } from './goals.mjs';
import { judgeServer } from './lsp/goals.mjs';
import { documentReport, kindsReport } from './lsp/report.mjs';
import { phaseNames, runSession } from './lsp/session.mjs';
import { countWrong } from './lsp/truth.mjs';
import { placesOf } from './lsp/typist.mjs';
import { measureQuietly } from './machine.mjs';
import { installPeers, peerServers } from './peers.mjs';
import { profileFolder, printProfile } from './profile.mjs';
import { short, spreadOf } from './statistics.mjs';
import { temporaryFolder } from './temporary.mjs';

const USAGE = `Usage: npm run bench:lsp -- [OPTION…]
  --sizes LIST         services of the Compose files (default 9,100,1000,5000)
  --instructions LIST  instructions of the Dockerfiles (default 50,500,5000; none when only --sizes is given)
  --runs N             sessions with each server and file (default 3); medians are shown
  --edits N            keys in each phase (default 50)
  --quick              one run, few keys, only opening, editing and a burst
  --no-peers           only ours and the floor: nothing is installed
  --no-kinds           leave out the kinds of edits
  --server FILE        our server, built before (default: built now from the sources)
  --quiet PERCENT      wait until others use less of the machine, and repeat what they disturbed
  --json FILE          write all measurements there too
  --cpu-profile        profile ours on one file instead; --phases edit,… and --kind KIND say doing what`;

const options = readOptions(process.argv.slice(2));
const temporary = temporaryFolder();
try {
  await (options.cpuProfile ? profile() : compare());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function readOptions(words) {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        ...{ sizes: text, instructions: text, runs: text, edits: text, server: text, quiet: text },
        ...{ json: text, phases: text, kind: text },
        ...{ quick: flag, 'no-peers': flag, 'no-kinds': flag, 'cpu-profile': flag, help: flag },
      },
    });
    if (values.help) exitWith(USAGE, 0);
    return checkOptions(values);
  } catch (error) {
    return exitWith(`${error.message}\n\n${USAGE}`, 2);
  }
}

function checkOptions(values) {
  const { quick, kind = 'keys' } = values;
  const list = (given) => given.split(',').filter(Boolean).map(Number).filter(Number.isInteger);
  return {
    sizes: {
      dockercompose: list(values.sizes ?? '9,100,1000,5000'),
      dockerfile: list(values.instructions ?? (values.sizes ? '' : '50,500,5000')),
    },
    runs: positive(values, 'runs', quick ? 1 : 3),
    quiet: positive(values, 'quiet', 0),
    peers: !values['no-peers'],
    kinds: !values['no-kinds'],
    server: values.server && resolve(values.server),
    json: values.json,
    kind,
    cpuProfile: values['cpu-profile'],
    session: {
      phases: phasesOf(values),
      edits: positive(values, 'edits', quick ? 10 : 50),
      requests: 30,
      budgetMs: 30_000,
      timeout: 60_000,
      burstGapMs: 30,
      // Longer than what any of the servers waits for after a key; yaml-ls waits 200 ms.
      idleMs: quick ? 250 : 700,
      diagnostics: 'pull',
      place: 'keys',
    },
  };
}

function positive(values, name, fallback) {
  const found = Number(values[name] ?? fallback);
  if (!(found >= 0)) throw new Error(`--${name} must be a number.`);
  return found;
}

function phasesOf({ phases, quick }) {
  if (phases === undefined) return quick ? ['edit', 'burst', 'delay'] : phaseNames;
  const chosen = phases.split(',').filter(Boolean);
  const unknown = chosen.find((name) => !phaseNames.includes(name));
  if (unknown) throw new Error(`There is no phase ${unknown}: ${phaseNames.join(', ')}.`);
  return chosen;
}

function exitWith(message, code) {
  (code === 0 ? console.log : console.error)(message);
  process.exit(code);
}

function documentOf(language, size) {
  const isCompose = language === 'dockercompose';
  const folder = join(temporary, `${language}-${size}`);
  const text = isCompose ? composeFile(size) : dockerfile(size);
  put(join(folder, '.git', 'HEAD'), ''); // Nothing above this folder counts.
  const file = put(join(folder, isCompose ? 'compose.yaml' : 'Dockerfile'), text);
  return { language, folder, file, text, size };
}

async function compare() {
  const ours = { script: options.server ?? (await buildInto(temporary, 'server')) };
  const floors = {
    dockercompose: { script: await buildInto(temporary, 'floor-yaml') },
    dockerfile: { script: await buildInto(temporary, 'floor-dockerfile') },
  };
  const peers = options.peers ? peerServers(await installPeers()) : {};
  const results = {};
  const kinds = [];
  for (const language of ['dockercompose', 'dockerfile']) {
    const servers = { ours, floor: floors[language], ...peers[language] };
    for (const size of options.sizes[language]) {
      const document = documentOf(language, size);
      const measured = await measureAll(servers, document);
      results[`${language} ${size}`] = measured;
      const unit = language === 'dockercompose' ? 'services' : 'instructions';
      console.log(`${documentReport(`${size} ${unit}`, measured)}\n`);
      if (options.kinds && language === 'dockercompose') {
        kinds.push(...(await measureKinds(ours, document)));
      }
    }
  }
  if (kinds.length > 0) console.log(`${kindsReport(kinds)}\n`);
  const goals = judgeServer(
    (language, size, server, metric) => results[`${language} ${size}`]?.[server]?.[metric]?.median,
    options.sizes,
    {
      serverKiB: sizeKiB(ours.script),
      floorKiB: sizeKiB(floors.dockercompose.script),
      kinds: summary(kinds),
    },
  );
  console.log(`### Goals\n\n${goalTable(goals)}`);
  const measured = Object.values(results).flatMap((servers) => Object.values(servers));
  console.log(noiseNote(measured.map(({ othersPercent }) => othersPercent?.median)));
  if (options.json) writeFileSync(options.json, JSON.stringify({ results, kinds, goals }, null, 2));
}

/** Every server in turn, as many times as there are runs, so that a slow minute of the machine hits all of them. */
async function measureAll(servers, document) {
  const sessions = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (let run = 0; run < options.runs; run++) {
    for (const [name, subject] of Object.entries(servers)) {
      console.error(`${document.language}, ${document.size}: ${name}, run ${run + 1}`);
      const sessionOptions = { ...options.session, folder: document.folder };
      const { metrics, notes, othersPercent } = await measureQuietly(options.quiet, () =>
        runSession(subject, document, sessionOptions),
      );
      for (const note of notes) console.error(`  ${name}: ${note}`);
      sessions[name].push({ ...metrics, othersPercent });
    }
  }
  return Object.fromEntries(
    Object.entries(sessions).map(([name, records]) => [name, spreadOf(records)]),
  );
}

/** Our server alone: each kind of edit with pulled diagnostics, the usual one with pushed ones too; all of them checked. */
async function measureKinds(subject, document) {
  const names = Object.keys(placesOf(document.language, document.text));
  const rows = [];
  for (const [kind, way] of [['keys', 'push'], ...names.map((name) => [name, 'pull'])]) {
    console.error(`${document.language}, ${document.size}: ${kind}, ${way}`);
    const sessionOptions = {
      ...options.session,
      ...{ folder: document.folder, phases: ['edit'], place: kind, diagnostics: way },
    };
    const { metrics, samples } = await runSession(subject, document, sessionOptions);
    const wrong = await countWrong(subject, document, samples, sessionOptions);
    rows.push({ size: document.size, kind, way, metrics, samples: samples.length, wrong });
  }
  return rows;
}

function summary(kinds) {
  return {
    names: [...new Set(kinds.map(({ kind }) => kind))],
    wrong: kinds.length > 0 ? kinds.reduce((sum, { wrong }) => sum + wrong, 0) : undefined,
    outdated:
      kinds.length > 0
        ? kinds.reduce((sum, { metrics }) => sum + metrics.editOutdated, 0)
        : undefined,
    p95: (name, size) =>
      kinds.find((row) => row.kind === name && row.size === size && row.way === 'pull')?.metrics
        .editP95Ms,
  };
}

/** Profiles our server on the first of the Compose files, or of the Dockerfiles where no Compose file is asked for. */
async function profile() {
  const [language, [size]] = Object.entries(options.sizes).find(([, sizes]) => sizes.length > 0);
  const document = documentOf(language, size);
  const script = options.server ?? (await buildInto(temporary, 'server', { readable: true }));
  const folder = profileFolder();
  const node = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'];
  const { metrics } = await runSession({ script }, document, {
    ...options.session,
    ...{ folder: document.folder, node, place: options.kind },
  });
  const { openFirstMs, editP50Ms } = metrics;
  const edited = editP50Ms === undefined ? '' : `, an edit took ${short(editP50Ms)} ms`;
  const slowed = 'the profiler slows everything down';
  console.log(`${language}, ${size}: opened in ${short(openFirstMs)} ms${edited} (${slowed})\n`);
  printProfile(folder);
}
