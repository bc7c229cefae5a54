import { defineRule } from '../../core/rule.ts';
import { eolOf, lineStart } from '../../core/span.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import type { Property } from '../../dockerfile/properties.ts';
import { isOftenInherited, scopesOf } from '../../dockerfile/scope.ts';
import { type Variable, variablesIn } from '../../dockerfile/variables.ts';
import type { DockerfileSubject } from '../subject.ts';

/** The pair in front of which the instruction has to be split, with the one before it. */
interface Cut {
  readonly instruction: Instruction;
  readonly before: Property | undefined;
  readonly property: Property | undefined;
}

export const noSelfReferenceInEnv = defineRule<DockerfileSubject, Cut>({
  id: 'dockerfile/no-self-reference-in-env',
  meta: {
    summary: 'Use a variable only in instructions below the ENV that defines it.',
    why: 'All pairs of one ENV are filled in with what held above it. A variable that the same ENV defines is still empty there, so that a path like `$APP_HOME/bin` becomes `/bin`, and nothing says so.',
    fix: 'Splits the ENV in two in front of the pair that uses the variable. Where comments stand between the pairs, or the variable is defined behind its use, nothing is changed.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3044'],
    examples: ['FROM debian:12.7-slim\nENV APP_HOME=/srv/app APP_BIN=$APP_HOME/bin\n'],
  },

  *check({ model: { stages } }) {
    for (const stage of stages)
      for (const { instruction, defined } of scopesOf(stage))
        if (instruction.keyword === 'ENV' && instruction.properties.length > 1)
          for (const { variable, cut } of usesIn(instruction, defined))
            yield {
              span: variable.span,
              data: cut,
              message: `${variable.name} is defined by this same ENV, so it is still empty here. Define it in an ENV of its own above.`,
            };
  },

  fix: {
    // The value becomes what was meant, which is not what the image had.
    safety: 'unsafe',
    build: ({ data: { instruction, before, property } }, { model: { text, escape } }) => {
      if (!before || !property) return undefined;
      const span = { start: before.span.end, end: property.span.start };
      const between = text.slice(span.start, span.end);
      if (between.replaceAll(escape, '').trim() !== '') return undefined;
      const { start } = instruction.span;
      const opening = text.slice(lineStart(text, start), instruction.keywordSpan.end);
      return {
        title: `Set ${property.name} in an ENV of its own`,
        edits: [{ span, newText: `${eolOf(text)}${opening} ` }],
        answer: `${property.name} gets another value than before: look whether that is what you want.`,
      };
    },
  },
});

interface Use {
  readonly variable: Variable;
  readonly cut: Cut;
}

function* usesIn(instruction: Instruction, defined: ReadonlySet<string>): Iterable<Use> {
  const { properties } = instruction;
  const variables = variablesIn(instruction.code);
  let at = 0;
  for (const [index, { name, valueSpan }] of properties.entries()) {
    const variable = variables.find(
      (one) =>
        one.span.start >= valueSpan.start &&
        one.span.end <= valueSpan.end &&
        // What a pair says of its own name is what held above, as in PATH=…:$PATH.
        one.name !== name &&
        !defined.has(one.name) &&
        !isOftenInherited(one.name) &&
        properties.some((other) => other.name === one.name),
    );
    if (!variable) continue;
    const definition = properties.findIndex((other) => other.name === variable.name);
    // Where the instruction is cut between the two already, that is enough.
    if (definition >= at) at = index;
    const isAbove = definition < index;
    yield {
      variable,
      cut: {
        instruction,
        before: isAbove ? properties[at - 1] : undefined,
        property: properties[at],
      },
    };
  }
}
