import { isForContainer, type OpenVariable } from '../../compose/facts/variables.ts';
import { asText, writtenAt } from '../../compose/written.ts';
import { defineRule } from '../../core/rule.ts';
import { isPartOfAnother } from '../../project/beside.ts';
import { OUTSIDE } from '../../project/env-uses.ts';
import { exampleNames } from '../../project/env-example.ts';
import type { ProjectSubject } from '../subject.ts';
import { type Found, openVariables, placeOf } from './open-variables.ts';

export const noUnsetVariable = defineRule<ProjectSubject, OpenVariable>({
  id: 'compose/no-unset-variable',
  meta: {
    summary: 'Set every variable, give it a default, or require it.',
    why: 'For a variable that nothing sets, Compose writes a warning and an empty text: an image without a tag, a port without a number, a password that is empty.',
    fix: 'Requires the variable: Compose then refuses to start, and says which one is missing, until it is set in `.env` or the environment.',
    off: 'Where variables come from the environment of whoever runs Compose, such as a pipeline. Names in `.env.example` count as set, and so do those that every shell or pipeline has.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['services:\n  web:\n    image: shop/web:${TAG}\n'],
  },

  *check(subject) {
    const isShown = shownNames(subject);
    const seen = new Set<string>();
    for (const found of openVariables(subject)) {
      const { variable, service, isSetThere } = found;
      const { name } = variable;
      if (seen.has(name) || OUTSIDE.test(name) || isForContainer(variable, isSetThere)) continue;
      if (isShown(name)) continue;
      // One word about each variable: to set it mends every place.
      seen.add(name);
      yield {
        ...placeOf(variable),
        data: variable,
        ...(service && { service: service.name }),
        message: messageFor(found),
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data }, { project }) => {
      const { scalar, parts, name } = data;
      const isInWords = scalar.style === 'plain' && scalar.inFlow;
      if (isInside(data)) return undefined;
      const spans = parts.flatMap(({ span }) => writtenAt(scalar, span) ?? []);
      if (isInWords || spans.length < parts.length || scalar.source.file !== project.file.file)
        return undefined;
      return {
        title: `Require ${name}`,
        edits: spans.map((span) => ({
          span,
          source: scalar.source,
          newText: `\${${name}:?set it in .env}`,
        })),
        answer: `Set ${name} in .env, or in the environment of whoever runs Compose.`,
      };
    },
  },
});

/** Whether somebody who follows the examples sets a variable, or another project does that includes this one. */
function shownNames({ project, files }: ProjectSubject): (name: string) => boolean {
  let isPart: boolean | undefined;
  let examples: ReadonlySet<string> | undefined;
  return (name) => {
    isPart ??= isPartOfAnother(project, files);
    examples ??= exampleNames(project, files);
    return isPart || examples.has(name);
  };
}

function messageFor({ variable, isInEnvFile }: Found): string {
  const { name, kind } = variable;
  const inside = isInside(variable);
  const why = inside
    ? 'What follows the dollar sign is a variable to Compose, and nothing sets it'
    : isInEnvFile
      ? `Compose does not take ${name} from env_file, which only the container sees, and nothing else sets it`
      : `Nothing sets ${name}`;
  const dollar = kind === 'other' && !inside ? '' : ' For a dollar sign write $$.';
  return `${why}, so an empty text takes its place. Set it in .env, give it a default with :-, or require it with :?.${dollar}`;
}

/** `pass$word` is mostly a password with a dollar sign in it, which no message may repeat. */
function isInside({ name, parts: [part], scalar }: OpenVariable): boolean {
  const text = asText(scalar);
  const isBare = part !== undefined && text[part.span.start + 1] !== '{';
  return isBare && part.span.start > 0 && name !== name.toUpperCase();
}
