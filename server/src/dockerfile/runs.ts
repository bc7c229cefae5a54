/** What the RUN instructions of a stage run, and which of it stays in an image. */
import { optionsOf } from './flags.ts';
import { type DockerfileModel, inheritedBy, type Instruction, type Stage } from './model.ts';
import { commandsOfRun, type ShellCommand, type ShellWord } from './shell.ts';

export interface Run {
  readonly instruction: Instruction;
  readonly commands: readonly ShellCommand[];
  /** ONBUILD puts it off to the build of another image. */
  readonly isPutOff: boolean;
}

/** In their order: those whose text has what is looked for, so that no other is read as a script. */
export function* runsOf({ instructions }: Pick<Stage, 'instructions'>, has: RegExp): Iterable<Run> {
  for (const outer of instructions) {
    const instruction = outer.trigger ?? outer;
    if (instruction.keyword !== 'RUN' || !has.test(instruction.arguments)) continue;
    yield {
      instruction,
      commands: commandsOfRun(instruction),
      isPutOff: outer.trigger !== undefined,
    };
  }
}

/** What stands before an instruction of a stage, with what the stage inherits. */
export function standingBefore(
  { parent, instructions }: Stage,
  { span }: Instruction,
): readonly Instruction[] {
  const own = instructions.filter((one) => one.span.end <= span.start);
  return parent ? [...inheritedBy(parent), ...own] : own;
}

/** What it leaves behind stays in an image: the stage is the last one, or another is built on it. */
export function isKept(stage: Stage, { stages }: DockerfileModel): boolean {
  return stage === stages.at(-1) || stages.some(({ parent }) => parent === stage);
}

/** A cache or a file system in memory is mounted there for this instruction, so what is left there is in no image. */
export function mountsOver({ flags }: Instruction, folder: RegExp): boolean {
  return flags
    .filter(({ name }) => name.toLowerCase() === 'mount')
    .map(optionsOf)
    .some((options) => {
      const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
      return /^(cache|tmpfs)$/.test(options.get('type') ?? '') && folder.test(target ?? '');
    });
}

/** The name of a program without its folder. */
export const nameOf = (word: ShellWord | undefined): string =>
  word?.text.slice(word.text.lastIndexOf('/') + 1) ?? '';

/** Arguments that are no options and no values of options; `valued` are options whose value is the next word. */
export function operandsOf(words: readonly ShellWord[], valued: RegExp): readonly ShellWord[] {
  return words.filter(
    ({ text }, index) => !text.startsWith('-') && !valued.test(words[index - 1]?.text ?? ''),
  );
}
