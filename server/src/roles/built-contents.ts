/** Whether a program is in an image that is built here, by what its base is known to hold and what its build does. */
import { type Copy, copyOf } from '../dockerfile/copies.ts';
import type { Instruction } from '../dockerfile/model.ts';
import {
  commandsOfRun,
  type PackageStep,
  packageStepOf,
  programIn,
  type ShellCommand,
} from '../dockerfile/shell.ts';
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
  const { keyword, arguments: script } = instruction;
  if (keyword === 'RUN') {
    const before = script.includes('<<') ? afterUnknown(state) : state;
    return commandsOfRun(instruction).reduce(
      (known, one) => afterCommand(known, name, one),
      before,
    );
  }
  const copy = copyOf(instruction);
  if (!copy) return state;
  const paths = [...copy.sources, ...(copy.destination ? [copy.destination] : [])];
  if (paths.some(({ text }) => text.split('/').includes(name))) return 'there';
  return bringsFolders(copy) ? afterUnknown(state) : state;
}

/** Whole folders of another image, and whatever goes where programs lie, may bring anything. */
function bringsFolders({ sources, destination, from }: Copy): boolean {
  const isProgramFolder = (path: string | undefined): boolean =>
    /^(\/|\/usr\/?|\/usr\/local\/?|(\/usr)?(\/local)?\/s?bin\/?)$/.test(path ?? '');
  if (!from)
    return (
      isProgramFolder(destination?.text) && sources.some(({ text }) => /[*/.]$|\.t/.test(text))
    );
  return sources.some(({ text }) => isProgramFolder(text) || /[*/]$|rootfs/.test(text));
}

/** Something that nobody can look into: what was not there may be there now. */
const afterUnknown = (state: State): State => (state === 'there' ? 'there' : 'unknown');

function afterCommand(state: State, name: string, command: ShellCommand): State {
  const step = packageStepOf(command);
  return step ? afterPackages(state, name, step) : afterProgram(state, name, command);
}

function afterPackages(state: State, name: string, { does, packages }: PackageStep): State {
  if (packages.some(({ text }) => text.split(/[=~<>:]/)[0] === name))
    return does === 'install' ? 'there' : 'removed';
  const isOpen = does === 'install' && packages.some(({ text }) => /[$`]/.test(text));
  return isOpen ? afterUnknown(state) : state;
}

const SCRIPT = /^(xargs|source|\.|eval)$|\.sh$|^\.\/|^(ba|da|a)?sh$|\$/;

function afterProgram(state: State, name: string, { words }: ShellCommand): State {
  const program = programIn(words)?.[0]?.text ?? '';
  // A step that calls it would fail if it was not there.
  if (program === name) return state === 'removed' ? state : 'there';
  if (SCRIPT.test(program)) return afterUnknown(state);
  return words.some(({ text }) => text.endsWith(`/${name}`)) ? 'there' : state;
}
