/** Calls of package managers where they stand in a Dockerfile, with what stands around them. */
import type { Span } from '../core/span.ts';
import type { DockerfileModel, Stage } from './model.ts';
import { type PackageCall, packageCallOf } from './packages.ts';
import { type Run, runsOf } from './runs.ts';
import type { ShellCommand } from './shell.ts';

export interface PlacedCall extends PackageCall {
  readonly stage: Stage;
  readonly run: Run;
  readonly command: ShellCommand;
  /** Of the command among those of its RUN. */
  readonly index: number;
}

const ANY = /\b(apt|apt-get|aptitude|apk|(micro|t)?dnf[45]?|yum|zypper)\b/;

/** All of them in order, those that ONBUILD puts off among them. */
export function* packageCallsIn(
  { stages }: Pick<DockerfileModel, 'stages'>,
  has: RegExp = ANY,
): Iterable<PlacedCall> {
  for (const stage of stages)
    for (const run of runsOf(stage, has))
      for (const [index, command] of run.commands.entries()) {
        const call = packageCallOf(command);
        if (call) yield { ...call, stage, run, command, index };
      }
}

/** Those behind it in its RUN. */
export const laterCalls = ({ run, index }: PlacedCall): readonly PackageCall[] =>
  run.commands.slice(index + 1).flatMap((command) => packageCallOf(command) ?? []);

/** The program and what it does: `apt-get install`. */
export const spanOf = ({ program, verb }: PackageCall): Span => ({
  start: program.start,
  end: verb.end,
});

/** How a message calls it. */
export const titleOf = ({ name, verb }: PackageCall): string => `${name} ${verb.text}`;

/** A later command of the same RUN removes something there: `rm`, `find … -delete`, or what calls itself a cleaner. */
export function isRemovedLater({ run, index }: PlacedCall, folder: RegExp): boolean {
  return run.commands
    .slice(index + 1)
    .map(({ words }) => words.map(({ text }) => text).join(' '))
    .some(
      (written) =>
        /^(sudo )?[\w./-]*clean[\w.-]*( |$)/.test(written) ||
        (/\brm\b|-delete\b/.test(written) && folder.test(written)),
    );
}

/**
 * A setting is made for all calls: written to a file of settings, or such files are copied, and nobody can tell what is
 * in them. What is given to one call (`-o`, `--setopt`) is none of it.
 */
export function isSetForAll({ text }: DockerfileModel, setting: RegExp): boolean {
  const others = text.replace(/(?:\s-o\s*|--(?:option|setopt)[ =])\S+/g, ' ');
  return (
    setting.test(others) ||
    /^[ \t]*(?:copy|add)\s[^\n]*\/etc\/(?:apt\/apt\.conf|dnf\/|yum|zypp)/im.test(others)
  );
}

/** The stage is the one that is built, or one that it is built on. */
export function isUnder(final: Stage | undefined, stage: Stage): boolean {
  return final !== undefined && (final === stage || isUnder(final.parent, stage));
}
