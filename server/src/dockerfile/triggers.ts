/** Instructions with those that ONBUILD puts off in its place. */
import type { Instruction } from './model.ts';

/** In their order; ONBUILD itself is left out. */
export function withTriggers(instructions: readonly Instruction[]): readonly Instruction[] {
  return instructions.map((instruction) => instruction.trigger ?? instruction);
}
