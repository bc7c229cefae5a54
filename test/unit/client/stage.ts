/** A literal App on which a command is played: what it says, asks and does is written down. */
import assert from 'node:assert/strict';
import type { App, Choice, Ui } from '../../../client/src/commands/app.ts';
import { canBackUp } from '../../../client/src/commands/service/target.ts';
import { commands } from '../../../client/src/commands/table.ts';
import type { Engine } from '../../../client/src/docker/engine.ts';
import { fail, ok } from '../../../client/src/docker/failure.ts';
import { type Container, toInventory } from '../../../client/src/docker/model.ts';
import { toTree } from '../../../client/src/services/nodes.ts';
import { fakeEngine } from './fake-engine.ts';

export interface Stage {
  readonly containers?: readonly Container[];
  readonly engine?: Partial<Engine>;
  readonly app?: Partial<App>;
  readonly ui?: Partial<Ui>;
  /** What the person picks: a label, or nothing. */
  readonly picks?: string;
  /** What the person ticks where several may be picked; without it, the person gives up. */
  readonly ticks?: readonly string[];
  /** What the person answers when asked whether it is meant; yes, unless told otherwise. */
  readonly agrees?: boolean;
}

/** An App that writes down what was said, asked and done. */
export function stage(set: Stage = {}) {
  const { containers = [], engine = {}, app = {}, ui = {}, picks } = set;
  const said: string[] = [];
  const asked: { readonly question: string; readonly choices: readonly string[] }[] = [];
  const done: string[] = [];
  const act = (verb: string) => (id: string) => {
    done.push(`${verb} ${id}`);
    return Promise.resolve(ok(undefined));
  };
  const fake = fakeEngine({
    list: () => Promise.resolve(ok(containers)),
    start: act('start'),
    stop: act('stop'),
    restart: act('restart'),
    ...engine,
  });
  const over = new AbortController();
  const stageApp: App = {
    ui: {
      inform: (message) => said.push(message),
      informOfFile: (message) => said.push(message),
      informAtLength: (message, text) => said.push(message, ...text),
      pick: <T>(question: string, choices: readonly Choice<T>[]) => {
        asked.push({
          question,
          choices: choices.map(({ label, description }) => `${label}: ${description}`),
        });
        return Promise.resolve(choices.find(({ label }) => label === picks)?.value);
      },
      pickMany: <T>(question: string, choices: readonly Choice<T>[], chosen: readonly T[]) => {
        const tick = ({ value }: Choice<T>) => (chosen.includes(value) ? '[x]' : '[ ]');
        asked.push({
          question,
          choices: choices.map((one) => `${tick(one)} ${one.label}: ${one.description}`),
        });
        const { ticks } = set;
        const ticked = choices.filter(({ label }) => ticks?.includes(label));
        return Promise.resolve(ticks && ticked.map(({ value }) => value));
      },
      confirm: (question, detail, button) => {
        asked.push({ question, choices: [detail, button] });
        return Promise.resolve(set.agrees ?? true);
      },
      inView: (work) => work(),
      cancellable: (_title, work) => work(() => undefined, new AbortController().signal),
      logChannel: (_id, name) => ({
        write: (line) => said.push(`${name}> ${line}`),
        clear: () => undefined,
        show: () => done.push(`show ${name}`),
      }),
      showOutput: () => done.push('output'),
      openSettings: (id = 'all') => Promise.resolve(void done.push(`settings ${id}`)),
      activeDocument: () => undefined,
      ...ui,
    },
    connect: () => Promise.resolve(ok(fake)),
    services: {
      tree: () => toTree(toInventory(containers), canBackUp),
      refresh: () => done.push('refresh'),
    },
    server: {
      applyFixes: () => Promise.resolve(fail({ message: 'no server' })),
      applyEdit: (edit) => {
        done.push(`edit ${JSON.stringify(edit)}`);
        return Promise.resolve(edit !== 'stale');
      },
      model: () => Promise.resolve(fail({ message: 'no server' })),
    },
    models: {
      show: (file) => Promise.resolve(void done.push(`model ${file}`)),
      shown: () => undefined,
      profiles: new Map(),
    },
    backups: {
      folder: () => undefined,
      show: (path) => path,
      now: () => new Date(),
    },
    followed: new Set(),
    lifetime: over.signal,
    ...app,
  };
  const run = (id: string, ...args: readonly unknown[]) => {
    const command = commands.find((each) => each.id === id);
    assert.ok(command, id);
    return command.run(stageApp, ...args);
  };
  return { run, said, asked, done, over };
}
