/** package.json repeats what the tables of the client say. `UPDATE=1` writes commands and menus. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, test } from 'vitest';
import { commands } from '../../../client/src/commands/table.ts';
import {
  describeEngineFailure,
  type EngineFailure,
  waysOn,
} from '../../../client/src/docker/failure.ts';

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly contributes: {
    commands: unknown;
    menus: Record<string, MenuEntry[]>;
    keybindings: unknown;
    readonly views: Record<string, { readonly id: string; readonly icon: string }[]>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Record<string, Record<string, unknown>>;
    };
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly icon: string;
}

const PATH = 'package.json';
const manifest = JSON.parse(readFileSync(PATH, 'utf8')) as Manifest;

function expectedCommands() {
  return commands.map(({ id, title, icon }) => ({
    command: id,
    title,
    category: 'Dockwright',
    ...(icon ? { icon: `$(${icon})` } : {}),
  }));
}

function expectedMenus() {
  const menus: Record<string, MenuEntry[]> = {};
  for (const { id, menus: places = [], palette } of commands) {
    for (const { menu, when, group } of places) {
      (menus[menu] ??= []).push({ command: id, when, group });
    }
    if (palette) (menus['commandPalette'] ??= []).push({ command: id, when: palette });
  }
  return menus;
}

function expectedKeys() {
  return commands.flatMap(({ id, keys }) => (keys ? [{ command: id, ...keys }] : []));
}

if (process.env['UPDATE'] === '1') {
  manifest.contributes.commands = expectedCommands();
  manifest.contributes.menus = expectedMenus();
  manifest.contributes.keybindings = expectedKeys();
  writeFileSync(PATH, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

describe('the manifest', () => {
  test('declares the commands of the table, and no others', () => {
    assert.deepEqual(manifest.contributes.commands, expectedCommands());
  });

  test('puts them where the table says', () => {
    assert.deepEqual(manifest.contributes.menus, expectedMenus());
  });

  test('has the keys of the table', () => {
    assert.deepEqual(manifest.contributes.keybindings, expectedKeys());
  });

  test('has a welcome text for an empty view', () => {
    const { viewsWelcome } = manifest.contributes;
    assert.deepEqual(
      viewsWelcome.map(({ when }) => when),
      ['dockwright.engine == loading', 'dockwright.engine == empty'],
    );
    const links = [...(viewsWelcome[1]?.contents ?? '').matchAll(/\(command:([^)]+)\)/g)];
    assert.deepEqual(
      links.map(([, id]) => id),
      ['dockwright.services.refresh'],
    );
  });

  test('describes every setting, and trusts no workspace with an address or a folder', () => {
    const { properties } = manifest.contributes.configuration;
    for (const [name, { description, markdownDescription, type }] of Object.entries(properties)) {
      assert.match(name, /^dockwright\./);
      assert.ok(type !== undefined, name);
      assert.match(String(description ?? markdownDescription), /\.$/, name);
    }
    assert.equal(properties['dockwright.docker.host']?.['scope'], 'machine');
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'dockwright.docker.host',
      'dockwright.backup.folder',
    ]);
  });

  test('names pictures that exist, and a small one for the market place', () => {
    const view = manifest.contributes.views['dockwright']?.[0];
    assert.match(readFileSync(view?.icon ?? '', 'utf8'), /^<svg [^>]*viewBox="0 0 24 24"/);
    const icon = readFileSync(manifest.icon);
    assert.equal(icon.readUInt32BE(16), 256);
    assert.ok(icon.length < 30_000);
  });

  test('has the commands that advice offers as its button', () => {
    const failures: EngineFailure[] = [
      { kind: 'notRunning', where: 'x' },
      { kind: 'notInstalled', where: 'x' },
      { kind: 'permissionDenied', where: 'x' },
      { kind: 'timeout', where: 'x' },
      { kind: 'badHost', where: 'x', reason: 'y' },
      { kind: 'gone', what: 'x' },
      { kind: 'refused', reason: 'x' },
      { kind: 'unknown', reason: 'x' },
    ];
    const messages = failures.map((failure) => {
      const { message, button } = describeEngineFailure(failure);
      assert.ok(commands.some(({ id }) => id === button?.command));
      for (const { command } of waysOn(failure)) {
        assert.ok(command === 'vscode.open' || commands.some(({ id }) => id === command));
      }
      return message;
    });
    assert.equal(new Set(messages).size, failures.length);
  });
});
