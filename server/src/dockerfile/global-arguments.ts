/** Build arguments that FROM can use: those declared above the first one, and those that BuildKit sets by itself. */
import { interpolate } from '../core/interpolate.ts';
import type { Code } from './words.ts';
import type { DockerfileModel, Instruction } from './model.ts';
import { isPlatformArgument, isPredefined, PLATFORM } from './scope.ts';
import type { Span } from '../core/span.ts';

/** Those that are there without ARG, apart from proxies. */
export const platformArguments: readonly string[] = [...PLATFORM.keys()];

export const isKnownToFrom = (name: string): boolean =>
  isPlatformArgument(name) || isPredefined(name);

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
