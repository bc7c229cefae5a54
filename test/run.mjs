// `npm test`: installs what is missing, then runs the gate, the build and every suite, and says at its end what came out.
// docs/testing.md tells how it is laid out.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDependencies, npm, requireNode } from './setup/install.mjs';
import { createNeeds } from './setup/needs.mjs';
import { isStopping, onInterrupt, root, run } from './setup/processes.mjs';
import { countReport, single, table, total } from './setup/results.mjs';

const gate = ['format', 'types', 'lint', 'layers', 'unused'];
const suites = ['unit', 'lsp', 'cli', 'docker', 'vscode'];
/** These run the bundles, so they ask for a build even when only they are named. */
const needBuild = ['lsp', 'cli', 'vscode'];
const artifacts = join(root, 'test', 'artifacts');
const inCi = process.env.CI === 'true';

requireNode();
const chosen = chosenSteps(process.argv.slice(2));
const needs = createNeeds();
const outcomes = [];
/** Where the suites leave what they forget, and the Compose project that the editor suite runs. */
const temporary = mkdtempSync(join(tmpdir(), 'dockwright-'));
// As open as the system's own: some tests run a program as another user.
chmodSync(temporary, 0o1777);
const liveProject = `dockwright-live-${process.pid}`;

onInterrupt(async () => {
  await cleanUp();
  console.log('\nInterrupted; nothing was counted.');
  process.exit(130);
});

prepareArtifacts();
if (await installDependencies()) {
  for (const name of gate.filter(isChosen)) await step(name, () => gateStep(name));
  if (isChosen('build')) await step('build', buildStep);
  for (const name of suites.filter(isChosen)) await step(name, () => suiteStep(name));
} else {
  await step('install', () => single('failed', 'npm ci failed; its message is above.'));
}
if (!isStopping()) {
  await cleanUp();
  const { line, succeeded } = total(outcomes);
  console.log(`\n${table(outcomes)}\n\n${line}`);
  process.exitCode = succeeded ? 0 : 1;
}

/** Leaves the machine as it was, however the suites ended. */
async function cleanUp() {
  await needs.removeProject(liveProject);
  await needs.release();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/** `--only unit,cli`: names of gate steps and suites; `gate` is all gate steps. */
function chosenSteps(options) {
  if (options.length === 0) return [...gate, 'build', ...suites];
  const [flag, list = ''] = options[0].split('=').concat(options.slice(1));
  const names = list.split(',').flatMap((name) => (name === 'gate' ? gate : [name]));
  const unknown = names.filter((name) => ![...gate, 'build', ...suites].includes(name));
  if (flag !== '--only' || unknown.length > 0) {
    console.error(
      `Usage: npm test -- [--only NAME,NAME…]\nNames: gate, ${[...gate, 'build', ...suites].join(', ')}`,
    );
    process.exit(2);
  }
  return names.some((name) => needBuild.includes(name)) ? [...names, 'build'] : names;
}

function isChosen(name) {
  return chosen.includes(name);
}

/** A full run starts from empty artefacts; a partial one replaces only its own. */
function prepareArtifacts() {
  if (process.argv.length === 2) rmSync(artifacts, { recursive: true, force: true });
  for (const folder of ['logs', 'results']) {
    mkdirSync(join(artifacts, folder), { recursive: true });
  }
}

/** Runs one step and notes its outcome; a step that failed does not keep the next from running. */
async function step(name, action) {
  if (isStopping()) return;
  const start = Date.now();
  console.log(`\n== ${name}`);
  const outcome = await action();
  const seconds = (Date.now() - start) / 1000;
  outcomes.push({ name, seconds, ...outcome });
  const verdict = outcome.failed ? 'failed' : outcome.passed ? 'passed' : 'skipped';
  if (!isStopping()) console.log(`== ${name}: ${verdict} in ${seconds.toFixed(1)} s`);
}

/** What a gate step prints is kept in a file, and shown only when there is something to mend. */
async function gateStep(name) {
  const answer = await run(...npm('run', '--silent', `check:${name}`), { output: 'collect' });
  const printed = answer.stdout + answer.stderr;
  writeFileSync(join(artifacts, 'logs', `${name}.log`), printed);
  if (answer.code !== 0) console.log(printed.trimEnd());
  return single(answer.code === 0 ? 'passed' : 'failed', answer.code === 0 ? '' : 'see above');
}

async function buildStep() {
  const { code } = await run(process.execPath, ['esbuild.mjs', '--package']);
  return single(code === 0 ? 'passed' : 'failed', code === 0 ? '' : 'see above');
}

async function suiteStep(name) {
  const { state, why, env } = await needs.prepare(name);
  if (state === 'failed') return single('failed', why);
  if (state === 'missing') return single(inCi ? 'failed' : 'skipped', `skipped, missing: ${why}`);
  const report = join(artifacts, 'results', `${name}.json`);
  rmSync(report, { force: true });
  const { code } = await run(
    process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--project', name],
      // Where the unit suite does not reach enough of the core, that is a failure too.
      ...(name === 'unit' ? ['--coverage'] : []),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { env: { ...env, TMPDIR: temporary, DOCKWRIGHT_LIVE_PROJECT: liveProject } },
  );
  return countReport(report, code);
}
