// What a suite needs from the machine, set up by the shell scripts beside this file, each at most once in a run.
import { execFileSync } from 'node:child_process';
import { run } from './processes.mjs';

/** The exit status by which a script says: something is missing that I may not install. */
const MISSING = 3;

/** suite → the scripts that set up what it needs, in order. */
const scriptsOf = {
  docker: ['docker', 'images'],
  vscode: ['docker', 'images', 'vscode'],
};

/**
 * Keeps what the scripts said, so that two suites share one engine.
 * `prepare(suite)` answers { state: 'ready' | 'missing' | 'failed', why, env }.
 */
export function createNeeds() {
  const done = new Map();

  const script = (name, ...options) => {
    const key = [name, ...options].join(' ');
    if (!done.has(key)) done.set(key, runScript(name, options));
    return done.get(key);
  };

  return {
    script,

    async prepare(suite) {
      const env = {};
      for (const name of scriptsOf[suite] ?? []) {
        const answer = await script(name);
        if (answer.state !== 'ready') return answer;
        Object.assign(env, answer.env);
      }
      return { state: 'ready', why: '', env };
    },

    /** Removes what is left of a Compose project of the tests, if they ever had an engine. */
    async removeProject(name) {
      const { state } = (await done.get('docker')) ?? {};
      if (state === 'ready') removeByLabel(`com.docker.compose.project=${name}`);
    },

    /** Ends the engine that this run has started; one that was there before is left alone. */
    async release() {
      const { env } = (await done.get('docker')) ?? { env: {} };
      if (!env.DOCKERD_PID) return;
      try {
        process.kill(Number(env.DOCKERD_PID), 'SIGTERM');
        console.log('The Docker engine that this run had started was stopped.');
      } catch {
        // It has ended by itself.
      }
    },
  };
}

/** After an interruption too, when nothing is started any more: hence not by `run`. */
function removeByLabel(label) {
  const docker = (...words) =>
    execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const kinds = {
    container: ['rm', '--force', '--volumes'],
    network: ['rm'],
    volume: ['rm', '--force'],
  };
  for (const [kind, removal] of Object.entries(kinds)) {
    const all = kind === 'container' ? ['--all'] : [];
    try {
      const ids = docker(kind, 'ls', '--quiet', ...all, '--filter', `label=${label}`);
      if (ids.trim()) docker(kind, ...removal, ...ids.trim().split('\n'));
    } catch {
      // The engine has gone, and with it what could be removed.
    }
  }
}

async function runScript(name, options) {
  const { code, stdout, stderr } = await run('bash', [`test/setup/${name}.sh`, ...options], {
    output: 'collect',
    echo: true,
  });
  const env = Object.fromEntries(
    [...stdout.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, key, value]) => [key, value]),
  );
  if (code === 0) return { state: 'ready', why: '', env };
  if (code === MISSING) return { state: 'missing', why: missingLines(stderr), env };
  return { state: 'failed', why: `test/setup/${name}.sh ended with status ${code}`, env };
}

function missingLines(stderr) {
  const [, why] = /^missing: ([^]*)/m.exec(stderr) ?? [];
  return (why ?? stderr).trim();
}
