/** The process: its arguments, streams, signals and exit code. The only file that touches them. */
import { realpathSync } from 'node:fs';
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { parseArguments, type Command } from './arguments.ts';
import { batchChecker } from './commands/check.ts';
import { commands } from './commands/table.ts';
import { tellCrash } from './crash.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Target } from './input.ts';
import { exitCodes, type ExitCode, type Io } from './io.ts';
import type { ThreadData } from './pool.ts';
import { suggest } from '../config/suggest.ts';
import { collectSooner, optimiseLess } from '../process/v8.ts';
import { printable, wantsColors } from './terminal.ts';
import { version } from './version.ts';

/** As a shell reports a process that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

const VERSION_NAMES: ReadonlySet<string> = new Set(['--version', '-V', 'version']);
const HELP_NAMES: ReadonlySet<string> = new Set(['--help', '-h', 'help']);

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  colors: wantsColors(process.env, process.stdout.isTTY),
  // Typed as always there, but only a terminal has them.
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  out: (text) => {
    if (text !== '') process.stdout.write(text);
  },
  err: (text) => process.stderr.write(text),
  stdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  script: isMainThread && process.argv[1] !== undefined ? realpathSync(process.argv[1]) : undefined,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

async function main([name = '', ...rest]: readonly string[]): Promise<ExitCode> {
  if (VERSION_NAMES.has(name)) {
    io.out(`${version}\n`);
    return exitCodes.clean;
  }
  if (HELP_NAMES.has(name)) return help(rest[0]);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return unknownCommand(name);
  if (asksForHelp(rest)) return help(name);
  const given = parseArguments(command, rest);
  const outcome = given.ok ? await command.run(given.value, io) : given;
  return outcome.ok ? outcome.value : usageError(command, outcome.error);
}

function help(name: string | undefined): ExitCode {
  const command = commands.find((candidate) => candidate.name === name);
  if (name !== undefined && !command) return unknownCommand(name);
  io.out(command ? commandHelp(command) : programHelp(commands));
  return exitCodes.clean;
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function usageError({ name }: Command, message: string): ExitCode {
  io.err(
    `dockwright ${name}: ${printable(message)}\nRun "dockwright ${name} --help" for its options.\n`,
  );
  return exitCodes.input;
}

function unknownCommand(name: string): ExitCode {
  if (name === '') {
    io.err(programHelp(commands));
    return exitCodes.input;
  }
  const guess = suggest(
    name,
    commands.map((command) => command.name),
  );
  const hint =
    guess === undefined ? 'Run "dockwright --help" for the commands.' : `Did you mean "${guess}"?`;
  io.err(`dockwright: there is no command "${printable(name)}". ${hint}\n`);
  return exitCodes.input;
}

/** A thread of a larger run: it answers to batches of files, and knows nothing of streams and exit codes. */
function serve(port: MessagePort): void {
  const checkBatch = batchChecker(workerData as ThreadData, process.env);
  port.on('message', (targets: readonly Target[]) => {
    port.postMessage(checkBatch(targets));
  });
}

// Whoever reads our output may stop (`| head`); that is no error of anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.clean);
  throw error;
});
// Taken between two files, so that no file is left half done and no temporary file behind.
process.once('SIGINT', () => process.exit(INTERRUPTED));

optimiseLess();
collectSooner();
if (parentPort) serve(parentPort);
else
  void main(process.argv.slice(2)).then(
    (code) => {
      // Not process.exit(): output that still waits in a pipe would be lost.
      process.exitCode = code;
    },
    (error: unknown) => {
      tellCrash(error, '', io);
      process.exitCode = exitCodes.bug;
    },
  );
