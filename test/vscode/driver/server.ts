/** The VS Code server of one test file: a fresh profile, the packed extension installed into it, gone when the file ends. */
import { execFile, fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The .vsix that the build leaves. */
const VSIX = 'dist/dockwright.vsix';

export interface Server {
  /** Where the workbench is, without a trailing slash. */
  readonly url: string;
  /** Where the editor keeps what was installed into it. */
  readonly extensions: string;
  /** Ends the server and removes its profile. */
  readonly stop: () => Promise<void>;
}

/** The programs that the editor suite runs. */
export interface Tools {
  /** Folder of the code-server package. */
  readonly codeServer: string;
  /** The Node program that runs it. */
  readonly node: string;
  /** A Chromium program. */
  readonly chromium: string;
}

/** Finds the programs, setting up what is missing where that is allowed. Throws what is missing elsewhere. */
export async function findTools(): Promise<Tools> {
  const { stdout } = await promisify(execFile)('bash', ['test/setup/vscode.sh']);
  const value = (key: string): string => {
    const found = new RegExp(`^${key}=(.*)$`, 'm').exec(stdout)?.[1];
    if (found === undefined) throw new Error(`test/setup/vscode.sh did not say ${key}.`);
    return found;
  };
  return { codeServer: value('CODE_SERVER'), node: value('NODE24'), chromium: value('CHROMIUM') };
}

/**
 * Starts a server with the extension in it. `settings` are user settings on top of the quiet ones.
 * `name` names its log, test/artifacts/logs/NAME-server.log.
 */
export async function startServer(
  tools: Tools,
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Server> {
  const vsix = resolve(process.env['DOCKWRIGHT_VSIX'] ?? VSIX);
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run "npm run package" first.`);
  const root = mkdtempSync(join(tmpdir(), 'dockwright-editor-'));
  mkdirSync('test/artifacts/logs', { recursive: true });
  const log = resolve(`test/artifacts/logs/${name}-server.log`);
  const options = { codeServer: tools.codeServer, node: tools.node, vsix, root, log, settings };
  // A process of its own holds the server: it ends with us even when we are killed.
  const holder = fork('test/setup/code-server.mjs', [JSON.stringify(options)]);
  const ended = new Promise<void>((done) => holder.once('exit', () => done()));
  const answer = await new Promise<{ url?: string; error?: string }>((done) => {
    holder.once('message', done);
    holder.once('exit', () => done({ error: 'the server ended before it answered' }));
  });
  const stop = async (): Promise<void> => {
    if (holder.connected) holder.disconnect();
    await ended;
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  if (answer.url !== undefined)
    return { url: answer.url, extensions: join(root, 'extensions'), stop };
  await stop();
  throw new Error(answer.error ?? 'no answer');
}
