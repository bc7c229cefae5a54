/** `dockwright model`: what Compose would run, and where each value of it comes from. */
import { resolve } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import { explain, type Explained } from '../../engine/explain.ts';
import { memoryOf } from '../../engine/memory.ts';
import { type Model, modelOf, printedModel, type Reason } from '../../engine/model.ts';
import type { PlaceInFile } from '../../engine/places.ts';
import { diskFacts } from '../../files/disk.ts';
import type { Command, Given } from '../arguments.ts';
import { shownPath } from '../input.ts';
import { exitCodes, type ExitCode, type Io } from '../io.ts';
import { paletteOf, printable } from '../terminal.ts';

export const model: Command = {
  name: 'model',
  operands: '[PATH]',
  mostOperands: 1,
  about:
    'Print what Compose would run: all files, anchors, parents and variables taken together (default: the project of the current folder).',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      values: ['yaml', 'json'],
      standard: 'yaml',
      about: 'How the model is written.',
    },
    {
      name: 'profile',
      value: 'NAME',
      repeatable: true,
      about: 'Switch on a profile; * switches on all of them.',
    },
    {
      name: 'explain',
      value: 'SERVICE.KEY',
      about: 'Say where a value comes from instead: its file and line, and every step on its way.',
    },
  ],
  examples: [
    ['dockwright model', 'Prints the project of the current folder.'],
    ['dockwright model --format json > model.json', 'Prints it for a program.'],
    [
      'dockwright model shop --explain web.deploy.resources.limits',
      'Says which lines the limits of web come from.',
    ],
  ],
  run,
};

function run(given: Given, io: Io): Promise<Result<ExitCode, string>> {
  return Promise.resolve(print(given, io));
}

function print(given: Given, io: Io): Result<ExitCode, string> {
  const path = resolve(io.cwd, given.operands[0] ?? '.');
  const facts = diskFacts();
  if (facts.kindOf(path) === undefined)
    return failed(`there is nothing at ${shownPath(io.cwd, path)}.`);
  const { parse, project: memo } = memoryOf(facts);
  const found = modelOf(
    { path, profiles: given.values('profile'), home: io.env['HOME'] ?? '~' },
    { facts, parse, process: io.env },
    memo,
  );
  if (!found) {
    io.err(`There is no Compose file in ${shownPath(io.cwd, path)}, nor in a folder above it.\n`);
    return ok(exitCodes.input);
  }
  if (found.refused.length > 0) {
    for (const reason of found.refused) io.err(reasonLine(reason, io));
    return ok(exitCodes.input);
  }
  const asked = given.value('explain');
  return asked === undefined ? printModel(found, given, io) : printExplained(found, asked, io);
}

function printModel(found: Model, given: Given, io: Io): Result<ExitCode, string> {
  io.out(printedModel(found, given.value('format') === 'json' ? 'json' : 'yaml'));
  return ok(exitCodes.clean);
}

function printExplained(found: Model, asked: string, io: Io): Result<ExitCode, string> {
  const explained = explain(found, asked);
  if (!explained) {
    const names = [...found.canonical.services.keys()].join(', ');
    return failed(
      `the model has no "${asked}". Start with a service (${names}), then its keys, with dots between them.`,
    );
  }
  io.out(explained.map((one) => explainedText(one, io)).join('\n'));
  return ok(exitCodes.clean);
}

function explainedText({ path, text, written, steps }: Explained, io: Io): string {
  const { bold, dim } = paletteOf(io.colors);
  const value = text === undefined ? '' : ` = ${printable(text)}`;
  const lines = steps.map(({ what, at }) => {
    const place = at === undefined ? '' : dim(`  ${shown(at, io)}`);
    return `  ${printable(what)}${place}\n`;
  });
  return `${bold(printable(path))}${value}\n  written at ${shown(written, io)}\n${lines.join('')}`;
}

function reasonLine({ message, at }: Reason, io: Io): string {
  const where = at === undefined ? '' : `${shown(at, io)} `;
  return `${where}error ${printable(message)}\n`;
}

function shown({ file, position: { line, character } }: PlaceInFile, io: Io): string {
  return `${printable(shownPath(io.cwd, file))}:${line + 1}:${character + 1}`;
}
