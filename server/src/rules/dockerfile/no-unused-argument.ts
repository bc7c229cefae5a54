import { defineRule } from '../../core/rule.ts';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model.ts';
import type { Property } from '../../dockerfile/properties.ts';
import { isPlatformArgument, isPredefined } from '../../dockerfile/scope.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUnusedArgument = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unused-argument',
  meta: {
    summary: 'Declare only build arguments that something uses.',
    why: 'An ARG that nothing uses makes people pass values that change nothing. In a stage, each new value has all steps behind it run again. Mostly it is left from a step that is gone, or its name is written otherwise where it is used.',
    fix: 'Nothing: take the ARG out, or use it. Whoever passes it with `--build-arg` is warned once it is gone.',
    off: 'Where programs that RUN starts read it from their environment, or a changing value is there to have steps run again. ARGs that are named like settings of apt, Go, pip or npm are not reported where RUN follows.',
    severity: 'hint',
    preset: 'strict',
    since: '0.2.0',
    aliases: [],
    examples: ['FROM debian:12.7-slim\nARG APP_VERSION=1\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const property of argumentsIn(model.preamble))
      if (!isPlatformArgument(property.name) && !isUsedBelow(property, model))
        yield {
          span: property.span,
          data: undefined,
          message: `No FROM uses ${property.name}, and no stage takes it in with ARG ${property.name}. Use it or take it out.`,
        };
    for (const stage of model.stages)
      for (const [index, instruction] of stage.instructions.entries())
        for (const property of argumentsIn([instruction])) {
          const below = [...stage.instructions.slice(index + 1), ...builtOn(stage, model)];
          if (isUsed(property, [instruction, ...below], model)) continue;
          yield {
            span: property.span,
            data: undefined,
            message: `Nothing below in this stage uses ${property.name}, unless a program that RUN starts reads it. Use it or take it out.`,
          };
        }
  },
});

function argumentsIn(instructions: readonly Instruction[]): readonly Property[] {
  return instructions
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ properties }) => properties)
    .filter(({ name }) => !isPredefined(name));
}

/** Instructions of all stages that begin with this one, their FROM left out. */
function builtOn(stage: Stage, model: DockerfileModel): readonly Instruction[] {
  return model.stages
    .filter(({ parent }) => parent === stage)
    .flatMap((child) => [...child.instructions, ...builtOn(child, model)]);
}

/** Of a global one: by FROM, by the default of another, or by a stage that takes it in. */
function isUsedBelow(property: Property, model: DockerfileModel): boolean {
  const { name, span } = property;
  return model.instructions.some((instruction) => {
    if (instruction.keyword === 'FROM' || model.preamble.includes(instruction))
      return mentions(instruction, property, model.text);
    return instruction.properties.some((other) => other.name === name && other.span !== span);
  });
}

/** Read by programs without being mentioned, or there to have steps run again. */
const READ_BY_PROGRAMS =
  /^(DEBIAN_FRONTEND|DEBCONF_\w+|TZ|LANG|LC_\w+|(CGO|GO|PIP|UV|POETRY|PYTHON|NPM|NODE|YARN|PNPM|CARGO|RUST|MAVEN|GRADLE|JAVA|DOTNET|NUGET|COMPOSER|BUNDLE|GEM|RAILS|NEXT|VITE|REACT_APP|NUXT|VUE_APP|PUBLIC|CMAKE|MAKE|CC|CXX|C|LD|AWS|GIT|HOMEBREW)_\w+|GO(PROXY|PRIVATE|OS|ARCH|FLAGS|SUMDB)|(C|CXX|LD|CPP)FLAGS|MAKEFLAGS|\w*(CACHE|BUST|TOKEN|PASSWORD|SECRET|PROXY|proxy)\w*)$/;

function isUsed(
  property: Property,
  instructions: readonly Instruction[],
  { text }: DockerfileModel,
): boolean {
  const runs = instructions.some(({ keyword }) => keyword === 'RUN');
  if (runs && READ_BY_PROGRAMS.test(property.name)) return true;
  return instructions.some((instruction) => mentions(instruction, property, text));
}

/** The name as a whole word, wherever; of ARG, only what the defaults say, so that to declare it again is no use. */
function mentions(
  { keyword, span, properties }: Instruction,
  property: Property,
  text: string,
): boolean {
  const places = keyword === 'ARG' ? properties.map(({ valueSpan }) => valueSpan) : [span];
  return places.some(({ start, end }) =>
    Array.from(text.slice(start, end).matchAll(/\w+/g)).some(([word]) => word === property.name),
  );
}
