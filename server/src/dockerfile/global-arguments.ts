/** Build arguments that FROM can use: those declared above the first one, and those that BuildKit sets by itself. */
import { interpolate } from '../core/interpolate.ts';
import type { Code } from './words.ts';
import type { DockerfileModel, Instruction } from './model.ts';
import type { Span } from '../core/span.ts';

/** What BuildKit says about the platforms, for a machine as most are. */
const PLATFORM: ReadonlyMap<string, string> = new Map([
  ['BUILDPLATFORM', 'linux/amd64'],
  ['BUILDOS', 'linux'],
  ['BUILDOSVERSION', ''],
  ['BUILDARCH', 'amd64'],
  ['BUILDVARIANT', ''],
  ['TARGETPLATFORM', 'linux/amd64'],
  ['TARGETOS', 'linux'],
  ['TARGETOSVERSION', ''],
  ['TARGETARCH', 'amd64'],
  ['TARGETVARIANT', ''],
  ['TARGETSTAGE', 'default'],
]);

/** Those that are there without ARG, apart from proxies. */
export const platformArguments: readonly string[] = [...PLATFORM.keys()];

const PROXY = /^((https?|ftp|no|all)_proxy|(HTTPS?|FTP|NO|ALL)_PROXY)$/;

export const isPredefined = (name: string): boolean => PLATFORM.has(name) || PROXY.test(name);

/** The names that ARG declares among these instructions. */
export function declaredIn(instructions: readonly Instruction[]): ReadonlySet<string> {
  const args = instructions.filter(({ keyword }) => keyword === 'ARG');
  return new Set(args.flatMap(({ properties }) => properties.map(({ name }) => name)));
}

/** The values that FROM sees where the build is given none; without a default there is none. */
export function defaultsOf({ preamble }: DockerfileModel): ReadonlyMap<string, string> {
  const values = new Map(PLATFORM);
  for (const { keyword, properties } of preamble)
    if (keyword === 'ARG')
      for (const { name, value } of properties)
        if (value === undefined) values.delete(name);
        else values.set(name, interpolate(value, (known) => values.get(known))?.text ?? value);
  return values;
}

/** A word or the value of a flag, to be searched for variables. */
export function codeAt({ text, escape }: DockerfileModel, { start, end }: Span): Code {
  return { code: text.slice(start, end), start, escape };
}
