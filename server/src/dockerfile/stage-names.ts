/** Names of stages: which stage a name means, where else it is written, and how to write another one everywhere. */
import type { Edit } from '../core/edit.ts';
import { type Reference, referencesIn } from './copies.ts';
import type { DockerfileModel, Instruction, Stage } from './model.ts';
import type { Word } from './words.ts';

/** A name of a stage or an image behind `--from=` or in a mount, with the stage and the instruction that it stands in. */
interface PlacedReference extends Reference {
  readonly stage: Stage;
  readonly instruction: Instruction;
}

/** All of them, in order. What ONBUILD puts off is none of them: it means the stages of another Dockerfile. */
export function referencesOf({ stages }: DockerfileModel): readonly PlacedReference[] {
  return stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      referencesIn(instruction).map((reference) => ({ ...reference, stage, instruction })),
    ),
  );
}

/** The stage that a name or an index means; of several with one name the last, as BuildKit has it. */
export function stageMeant(stages: readonly Stage[], reference: string): Stage | undefined {
  if (isIndex(reference)) return stages[Number(reference)];
  const name = reference.toLowerCase();
  return stages.findLast((stage) => stage.name === name);
}

/** `--from=0` counts stages. */
export const isIndex = (reference: string): boolean => /^\d+$/.test(reference);

/** A stage with its name, as it is written. */
export interface NamedStage {
  readonly stage: Stage;
  readonly name: string;
  readonly nameWord: Word;
}

export function namedStages({ stages }: DockerfileModel): readonly NamedStage[] {
  return stages.flatMap((stage) => {
    const { name, nameWord } = stage;
    return name === undefined || !nameWord ? [] : [{ stage, name, nameWord }];
  });
}

/** Writes another name for a stage, and wherever else the name stands that is not written so yet. */
export function renaming(
  model: DockerfileModel,
  { stage: { index }, name, nameWord }: NamedStage,
  newName: string,
): readonly Edit[] {
  const bases = model.stages.slice(index + 1).flatMap(({ image }) => image ?? []);
  const places: readonly Reference[] = [nameWord, ...bases, ...referencesOf(model)];
  return places
    .filter(({ text }) => text.toLowerCase() === name && text !== newName)
    .map(({ span }) => ({ span, newText: newName }));
}
