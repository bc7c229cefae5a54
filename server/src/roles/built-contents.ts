/** Whether a program is in an image that is built here, by what its base is known to hold and what its build does. */
import { type Instruction, onOneLine } from '../dockerfile/model.ts';
import { commandsOfRun, packageStepOf, programIn, type ShellCommand } from '../dockerfile/shell.ts';
import { contentsOf } from './image-contents.ts';

export interface Image {
  /** The image that runs, or that the build starts from. */
  readonly program: string;
  /** Instructions that hold for it, inherited ones first; undefined where it is not built here. */
  readonly instructions: readonly Instruction[] | undefined;
}

export type Absence = 'never there' | 'removed';

/** Undefined where the program is there, or may be. */
export function absenceOf(name: string, { program, instructions }: Image): Absence | undefined {
  const lacks = contentsOf(program)?.lacks(name) === true;
  if (!instructions) return lacks ? 'never there' : undefined;
  // Of others the package is not called as the program is.
  if (name !== 'curl' && name !== 'wget') return undefined;
  let state: State = lacks ? 'never there' : 'unknown';
  for (const instruction of instructions) state = after(state, name, instruction);
  return state === 'there' || state === 'unknown' ? undefined : state;
}

type State = Absence | 'there' | 'unknown';

function after(state: State, name: string, instruction: Instruction): State {
  if (instruction.keyword === 'RUN')
    return commandsOfRun(instruction.arguments).reduce(
      (known, command) => afterCommand(known, name, command),
      instruction.arguments.includes('<<') ? afterScript(state) : state,
    );
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return state;
  const words = onOneLine(instruction);
  if (new RegExp(`(^|[\\s/"])${name}([\\s"]|$)`).test(words)) return 'there';
  // Whole folders of another image, and archives, may bring anything.
  const brings = /--from=/.test(words)
    ? /\s"?(\/|\/usr|\/bin|\/opt|(\/usr)?(\/local)?\/s?bin|\/usr\/local|\/rootfs\S*|\S*[*/])"?,?\s/.test(
        words,
      )
    : /\s"?(\/|\/usr|\/usr\/local|(\/usr)?(\/local)?\/s?bin\/?)"?\]?\s*$/.test(words);
  return brings ? afterScript(state) : state;
}

/** Something that nobody can look into: what was not there may be there now. */
const afterScript = (state: State): State => (state === 'there' ? 'there' : 'unknown');

function afterCommand(state: State, name: string, command: ShellCommand): State {
  const step = packageStepOf(command);
  if (step) {
    const named = step.packages.some(({ text }) => text.split(/[=~<>:]/)[0] === name);
    if (named) return step.does === 'install' ? 'there' : 'removed';
    const isOpen = step.packages.some(({ text }) => /[$`]/.test(text));
    return isOpen && step.does === 'install' ? afterScript(state) : state;
  }
  const program = programIn(command.words)?.[0]?.text ?? '';
  // A step that calls it would fail if it was not there.
  if (program === name) return state === 'removed' ? state : 'there';
  if (/^(xargs|source|\.|eval)$|\.sh$|^\.\/|^(ba|da|a)?sh$|\$/.test(program))
    return afterScript(state);
  return command.words.some(({ text }) => text.endsWith(`/${name}`)) ? 'there' : state;
}
