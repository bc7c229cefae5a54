import type { Edit } from '../../core/edit.ts';
import { nearest } from '../../core/nearest.ts';
import { defineRule, type Preset } from '../../core/rule.ts';
import { eolOf, lineEnd, type Span } from '../../core/span.ts';
import { type DockerfileModel, type Instruction, rootImageOf } from '../../dockerfile/model.ts';
import {
  isOftenInherited,
  isPlatformArgument,
  isPredefined,
  namesIn,
  scopesOf,
} from '../../dockerfile/scope.ts';
import { type Variable, variablesIn } from '../../dockerfile/variables.ts';
import { isOneSlip } from '../../dockerfile/slip.ts';
import type { DockerfileSubject } from '../subject.ts';

interface Repair {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export const noUndefinedVariable = defineRule<DockerfileSubject, Repair | undefined>({
  id: 'dockerfile/no-undefined-variable',
  meta: {
    summary: 'Use variables that the stage defines.',
    why: 'BuildKit puts nothing in the place of a variable that it does not know: a path loses a part of itself, a label stays empty, and the build goes on. Most often it is an ARG above the first FROM, which holds in FROM alone.',
    fix: 'Takes a global ARG into the stage with `ARG NAME`, or writes the name that was meant. Other variables are left to you.',
    off: 'Where the base image defines the variable. The recommended preset reports only global ARGs that the stage has not taken in, slips of one letter, and stages from `scratch`.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:UndefinedVar'],
    examples: ['ARG APP_VERSION=1\nFROM debian:12.7-slim\nLABEL version=$APP_VERSION\n'],
  },

  *check({ model, settings }) {
    const globals = new Set(namesIn(model.preamble));
    for (const stage of model.stages) {
      const isScratch = rootImageOf(stage) === 'scratch';
      for (const { instruction, defined } of scopesOf(stage))
        for (const variable of expandedIn(instruction, model)) {
          const { name, span } = variable;
          if (defined.has(name) || isKnown(variable)) continue;
          const at = lineEnd(model.text, stage.from.span.end);
          const judged = judge(variable, { defined, globals, at, model, isScratch });
          const isCertain = judged.data !== undefined || isScratch;
          if (!isCertain && !isLookedFor(name, instruction, settings.preset)) continue;
          yield { span, ...judged };
        }
    }
  },

  fix: {
    // What was empty until now gets a value.
    safety: 'unsafe',
    build: ({ data }) =>
      data && { ...data, answer: 'Build the image: what was empty until now has a value.' },
  },
});

/** All but RUN, CMD and ENTRYPOINT, where a shell fills in, and FROM, which sees other variables. */
const EXPANDED = /^(ADD|ARG|COPY|ENV|EXPOSE|LABEL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;

function expandedIn(instruction: Instruction, model: DockerfileModel): readonly Variable[] {
  const { keyword, code, flags } = instruction;
  if (!EXPANDED.test(keyword)) return [];
  const inFlags = flags
    .filter(({ name }) => /^(chown|chmod)$/i.test(name))
    .flatMap(({ valueSpan: { start, end } }) =>
      variablesIn({ code: model.text.slice(start, end), start, escape: model.escape }),
    );
  return [...inFlags, ...variablesIn(code)];
}

/** It says itself what holds without a value, or it may well have one. */
function isKnown({ name, operator }: Variable): boolean {
  if (/^:?[-+]$/.test(operator) || !/^[a-zA-Z_]/.test(name)) return true;
  return isPredefined(name) || isOftenInherited(name);
}

/** An ENV that uses its own name adds to what the base image has; what it says of its other names is another rule's matter. */
function isLookedFor(name: string, { keyword, properties }: Instruction, preset: Preset): boolean {
  if (preset !== 'strict') return preset === 'all';
  return keyword !== 'ENV' || !properties.some((property) => property.name === name);
}

/** Among more names than these nobody looks for a near one: it would take the square of their number. */
const MOST_NAMES = 100;

interface Around {
  readonly defined: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  /** Where the line ends that opens the stage. */
  readonly at: number;
  readonly model: DockerfileModel;
  /** There is no base image that could define anything. */
  readonly isScratch: boolean;
}

/** With a repair where it is certain that the variable is empty and not meant to be. */
function judge(
  { name, nameSpan }: Variable,
  { defined, globals, at, model, isScratch }: Around,
): { readonly message: string; readonly data: Repair | undefined } {
  if (globals.has(name) || isPlatformArgument(name))
    return {
      message: `${name} ${globals.has(name) ? 'is defined above the first FROM, where it holds' : 'is set by BuildKit'} for FROM alone: in this stage it is empty. Take it in with ARG ${name}.`,
      data: { title: `Take ${name} into the stage`, edits: [takingIn(name, at, model)] },
    };
  const known = defined.size > MOST_NAMES ? [] : [...defined, ...globals];
  const slip = known.find((one) => isOneSlip(name, one));
  if (slip !== undefined)
    return {
      message: `${name} is defined nowhere here, so it is empty. Did you mean ${slip}?`,
      data: renaming(nameSpan, slip, { defined, at, model }),
    };
  const near = nearest(name, known);
  const advice = near === undefined ? '.' : `, or did you mean ${near}?`;
  return {
    message: `${name} is defined by no ARG or ENV above in this stage, so it is empty${isScratch ? '' : ' unless the base image defines it'}. Define it${advice}`,
    data: undefined,
  };
}

/** Behind the line that opens the stage. */
function takingIn(name: string, at: number, { text }: DockerfileModel): Edit {
  return { span: { start: at, end: at }, newText: `${eolOf(text)}ARG ${name}` };
}

function renaming(
  span: Span,
  name: string,
  { defined, at, model }: Pick<Around, 'defined' | 'at' | 'model'>,
): Repair {
  const edits = [{ span, newText: name }];
  const wanted = defined.has(name) ? edits : [takingIn(name, at, model), ...edits];
  return { title: `Write ${name}`, edits: wanted };
}
