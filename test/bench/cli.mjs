// `npm run bench:cli`: `dockwright check` next to other linters and next to a bare parse, all in one run. README.md
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildInto } from './build.mjs';
import { casesFor, writeFiles } from './cli/cases.mjs';
import { judgeCli } from './cli/goals.mjs';
import { measureCommand, whatIsMissing } from './cli/run.mjs';
import { goalTable, noiseNote } from './goals.mjs';
import { installPeers, peerCommands } from './peers.mjs';
import { short, table } from './statistics.mjs';
import { temporaryFolder } from './temporary.mjs';

const USAGE = `Usage: npm run bench:cli -- [OPTION…]
  --projects N     folders of the generated repository, a Compose file and a Dockerfile each (default 2000)
  --runs N         times that each command runs (default 5; slow ones less often)
  --full           the peers check all of it, which takes minutes; otherwise a tenth, and their time is scaled
  --quick          one run each, a repository of 100 folders, nothing above 1000 services
  --no-peers       only ours and the floor: nothing is installed
  --only WORD      only the cases with this in their name
  --cli FILE       our command line, built before (default: built now from the sources)
  --quiet PERCENT  wait until others use less of the machine, and repeat what they disturbed
  --json FILE      write all measurements there too`;

const options = readOptions(process.argv.slice(2));
const temporary = temporaryFolder();
try {
  await main();
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
        ...{ projects: text, runs: text, only: text, cli: text, quiet: text, json: text },
        ...{ full: flag, quick: flag, 'no-peers': flag, help: flag },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return checkOptions(values);
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

function checkOptions(values) {
  const { quick } = values;
  const number = (name, fallback) => {
    const found = Number(values[name] ?? fallback);
    if (!(found >= 0)) throw new Error(`--${name} must be a number.`);
    return found;
  };
  const projects = number('projects', quick ? 100 : 2000);
  return {
    projects,
    sample: Math.max(1, Math.round(projects / 10)),
    sizes: quick ? [9, 100, 1000] : [9, 100, 1000, 5000],
    runs: number('runs', quick ? 1 : 5),
    quiet: number('quiet', 0),
    full: values.full,
    peers: !values['no-peers'],
    only: values.only ?? '',
    cli: values.cli && resolve(values.cli),
    json: values.json,
  };
}

async function main() {
  const missing = whatIsMissing();
  if (missing) console.error(missing);
  const tools = {
    ours: options.cli ?? (await buildInto(temporary, 'cli')),
    floorParse: await buildInto(temporary, 'floor-parse'),
    peers: options.peers ? peerCommands(await installPeers()) : undefined,
  };
  const files = writeFiles(join(temporary, 'files'), options);
  const checked = filesChecked(tools.ours, files.repository);
  const results = {};
  for (const [name, one] of Object.entries(casesFor(files, tools, options))) {
    if (!name.includes(options.only)) continue;
    console.error(name);
    results[name] = scaled(await measureCommand(one, options.quiet), one, results[one.start]);
  }
  const goals = judgeCli((name, metric) => results[name]?.[metric]?.median);
  console.log(`${resultTable(results)}\n`);
  console.log(
    `The repository has ${2 * options.projects} files; ours had findings in ${checked}.\n`,
  );
  console.log(`### Goals\n\n${goalTable(goals)}`);
  console.log(noiseNote(Object.values(results).map(({ othersPercent }) => othersPercent?.median)));
  if (options.json) writeFileSync(options.json, JSON.stringify({ results, goals }, null, 2));
}

/** In how many files we found something: every generated one lacks something, so fewer means that not all were read. */
function filesChecked(cli, folder) {
  const printed = execFileSync(
    process.execPath,
    [cli, 'check', folder, '--format', 'json', '--fail-on', 'never'],
    { encoding: 'utf8', maxBuffer: 2 ** 30, cwd: folder },
  );
  return new Set(JSON.parse(printed).findings.map(({ file }) => file)).size;
}

/** The time of a sample for all files: the start of the program counts once. Memory is left as it is. */
function scaled(measured, { times }, start) {
  if (!times || measured.failed) return measured;
  const scale = (metric) => {
    const once = start?.[metric]?.median ?? 0;
    const all = Object.entries(measured[metric] ?? {});
    return Object.fromEntries(all.map(([name, ms]) => [name, once + (ms - once) * times]));
  };
  return {
    ...measured,
    times,
    wallMs: scale('wallMs'),
    ...(measured.cpuMs && { cpuMs: scale('cpuMs') }),
  };
}

function resultTable(results) {
  const cell = (spread) => {
    if (!spread) return '–';
    const { median, min, max } = spread;
    return min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
  };
  const rows = Object.entries(results).map(([name, measured]) => [
    measured.times ? `${name} (a sample, × ${measured.times})` : name,
    ...(measured.failed
      ? [measured.failed, '–', '–', '–', '–']
      : [
          ...[measured.wallMs, measured.cpuMs, measured.rssMiB, measured.othersPercent].map(cell),
          cell(measured.status),
        ]),
  ]);
  return table(['case', 'wall ms', 'CPU ms', 'MiB', 'others %', 'exit'], rows);
}
