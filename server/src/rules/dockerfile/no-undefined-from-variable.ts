import { nearest } from '../../core/nearest.ts';
import { defineRule } from '../../core/rule.ts';
import { flagNamed } from '../../dockerfile/flags.ts';
import {
  codeAt,
  declaredIn,
  isKnownToFrom,
  platformArguments,
} from '../../dockerfile/global-arguments.ts';
import type { DockerfileModel, Stage } from '../../dockerfile/model.ts';
import { isOneSlip } from '../../dockerfile/slip.ts';
import { type Variable, variablesIn } from '../../dockerfile/variables.ts';
import type { DockerfileSubject } from '../subject.ts';

/** The variable's name, and the one that was certainly meant, if there is one. */
interface Undefined {
  readonly name: string;
  readonly meant: string | undefined;
}

export const noUndefinedFromVariable = defineRule<DockerfileSubject, Undefined>({
  id: 'dockerfile/no-undefined-from-variable',
  meta: {
    summary: 'Declare the variables of FROM above the first FROM.',
    why: 'FROM sees nothing but ARGs that stand above the first FROM, and the platforms that BuildKit knows. Any other variable is empty there, even where the build is given a value: `node:$VERSION` becomes `node:`, and the build stops, or `node$VARIANT` becomes another image.',
    fix: 'Writes the name that differs by one slip of the fingers, where there is such a one. Otherwise it changes nothing: declare the variable, with the value that you tested.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:UndefinedArgInFrom'],
    examples: [
      'ARG VERSION=22.11\nFROM node:$VERSOIN\nUSER node\n',
      'FROM --platform=$BULDPLATFORM golang:1.23.3 AS build\n',
    ],
  },

  *check({ model }) {
    const declared = declaredIn(model.preamble);
    for (const stage of model.stages)
      for (const { name, nameSpan, operator } of variablesOf(model, stage)) {
        if (declared.has(name) || isKnownToFrom(name) || TAKES_NONE.test(operator)) continue;
        const meant = nearest(name, [...declared, ...platformArguments]);
        yield {
          span: nameSpan,
          data: { name, meant: meant !== undefined && isOneSlip(name, meant) ? meant : undefined },
          message: `No ARG above the first FROM declares ${name}, so it is empty here. ${adviceOn(name, meant, model)}`,
        };
      }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span, data: { meant, name } }) =>
      meant === undefined
        ? undefined
        : {
            title: `Write ${meant} instead of ${name}`,
            edits: [{ span, newText: meant }],
            answer: `Check that ${meant} is the variable that was meant.`,
          },
  },
});

/** `${NAME:-default}` and `${NAME:+alternative}` say what holds where there is no value. */
const TAKES_NONE = /^:?[-+]$/;

function variablesOf(model: DockerfileModel, { from, image }: Stage): readonly Variable[] {
  const platform = flagNamed(from.flags, 'platform')?.valueSpan;
  return [platform, image?.span].flatMap((span) => (span ? variablesIn(codeAt(model, span)) : []));
}

function adviceOn(name: string, meant: string | undefined, { stages }: DockerfileModel): string {
  if (meant !== undefined) return `Did you mean ${meant}?`;
  const isInStage = stages.some(({ instructions }) => declaredIn(instructions).has(name));
  return isInStage
    ? 'Its ARG stands in a stage, where FROM does not see it: move it above the first FROM, or repeat it there.'
    : `Add ARG ${name} with a default above the first FROM.`;
}
