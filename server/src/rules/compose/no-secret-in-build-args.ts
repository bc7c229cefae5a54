import type { Place } from '../../core/source.ts';
import { type Instruction, inheritedBy } from '../../dockerfile/model.ts';
import type { Value } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noSecretInBuildArgs = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-secret-in-build-args',
  meta: {
    summary: 'Give secrets to a build as secrets, not as arguments.',
    why: 'The values of build arguments are kept in the history of the image: `docker history` shows them to everybody who can pull it, wherever the value came from.',
    fix: 'Nothing, because the Dockerfile has to change too: name the secret under `build.secrets`, and read it there with `RUN --mount=type=secret,id=…`.',
    off: 'Where an argument only sounds like a secret. Arguments of earlier stages, which leave no trace in the image, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  app:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: ${NPM_TOKEN}\n',
    ],
  },

  *check(service) {
    for (const { name: argument, place } of argumentsOf(service.find('build', 'args')?.value)) {
      if (!isSecret(argument) || !isKept(argument, service)) continue;
      yield {
        ...place,
        data: undefined,
        // The value itself is never repeated: reports travel further than files.
        message: `The value of ${argument} stays in the history of the image of service ${service.name}, for all who can pull it. Give it under build.secrets, and mount it in the step that needs it.`,
      };
    }
  },
});

interface Argument {
  readonly name: string;
  readonly place: Place;
}

/** Arguments that may have a value: an empty one is none. */
function argumentsOf(list: Value | undefined): readonly Argument[] {
  if (list?.kind === 'map')
    return list.entries.flatMap(({ key, keySpan, source, value }) =>
      value.kind === 'scalar' && value.value === '' && value.template === undefined
        ? []
        : [{ name: key, place: { source, span: keySpan } }],
    );
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap(({ value }) => {
    const text = value.kind === 'scalar' ? (value.template ?? value.text) : '';
    const [name = ''] = text.split('=', 1);
    const { source, span } = value;
    return name === '' || text.endsWith('=') ? [] : [{ name, place: { source, span } }];
  });
}

/** Names that end in a word for a secret; keys that a browser gets to see are none. */
function isSecret(name: string): boolean {
  return (
    /(^|_)(PASSWORD|PASSWD|PASS|PSW|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|ENCRYPTION_KEY|MASTER_KEY|CREDENTIALS)$/i.test(
      name,
    ) && !/PUBLI(C|SHABLE)|^(VITE|REACT_APP|NUXT|EXPO|GATSBY)_/i.test(name)
  );
}

/** Whether the stage that is built, or one that it builds on, takes the argument; assumed where the Dockerfile is not known. */
function isKept(argument: string, { context, settings }: ServiceSubject): boolean {
  const stage = context?.stage;
  if (!stage || settings.preset !== 'recommended') return true;
  const takes = ({ keyword, properties }: Instruction): boolean =>
    keyword === 'ARG' && properties.some(({ name }) => name === argument);
  return inheritedBy(stage).some(takes);
}
