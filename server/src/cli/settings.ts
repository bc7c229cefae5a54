/** Which settings count for a file: the nearest configuration, and the options of the command line over it. */
import { dirname, resolve } from 'node:path';
import { parseConfig } from '../config/parse.ts';
import { defaultSettings, type Settings } from '../config/settings.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { linesOf } from '../core/span.ts';
import { findConfig, type ConfigCache } from '../files/find-config.ts';
import { ignoredBy } from '../files/ignored.ts';
import { describeReadError, readTextFile, withoutByteOrderMark } from '../files/read.ts';
import type { FileFacts } from '../project/files.ts';
import { resolveRuleId, ruleNames } from '../rules/registry.ts';
import type { InputError } from './input.ts';
import type { Selected } from './options.ts';

export interface FileSettings {
  readonly settings: Settings;
  /** Says of an absolute path whether `ignores` leaves it out. */
  readonly isIgnored: (path: string) => boolean;
}

type Outcome = Result<FileSettings, readonly InputError[]>;

/** Settings by file; each configuration is read once, however many files it counts for. */
export interface SettingsSource {
  /** The errors of a broken configuration, the same list for each file that it counts for. */
  readonly of: (path: string) => Outcome;
}

export function settingsSource(selected: Selected, facts: FileFacts, cwd: string): SettingsSource {
  const folders: ConfigCache = new Map();
  const read = new Map<string | undefined, Outcome>();
  return {
    of: (path) => {
      const config =
        selected.config === undefined
          ? findConfig(path, facts, folders)
          : resolve(cwd, selected.config);
      const known = read.get(config);
      if (known) return known;
      const outcome = load(config, selected);
      read.set(config, outcome);
      return outcome;
    },
  };
}

function load(config: string | undefined, selected: Selected): Outcome {
  if (config === undefined) return ok(withOptions(defaultSettings, selected));
  const text = readTextFile(config);
  if (!text.ok) return failed([{ path: config, message: describeReadError(text.error) }]);
  const content = withoutByteOrderMark(text.value);
  const { settings, problems } = parseConfig(content, dirname(config), resolveRuleId, ruleNames);
  if (problems.length === 0) return ok(withOptions(settings, selected));
  const { positionAt } = linesOf(content);
  return failed(
    problems.map(({ message, span }) => ({
      path: config,
      message,
      position: positionAt(span.start),
    })),
  );
}

function withOptions(settings: Settings, { preset, only, skip }: Selected): FileSettings {
  const rules = new Map(settings.rules);
  for (const id of skip) rules.set(id, 'off');
  const combined = { ...settings, rules, only, ...(preset && { preset }) };
  return { settings: combined, isIgnored: ignoredBy(combined) };
}
