import { secretInCommand, secretInText } from '../../compose/inline-secrets.ts';
import type { Value } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import type { ServiceSubject } from '../subject.ts';
import { isWrittenPassword, passwordKindOf } from './no-default-password.ts';

export const noInlineSecret = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-inline-secret',
  meta: {
    summary: 'Keep secrets out of addresses, commands and health checks.',
    why: 'What is written in the file is in version control and in every copy of it, and what a container is told shows in `docker inspect` and in the list of processes, too.',
    fix: 'Nothing: whatever uses the secret has to read it from a required variable, such as `postgres://app:${DB_PASSWORD:?set it in .env}@db/app`, or from a file under `/run/secrets`.',
    off: 'In stacks for tests, whose secrets open nothing. Variables that are called like a password are the matter of `compose/no-default-password`; a value is reported by one of the two.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['owasp:RULE#12'],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    environment:\n      DATABASE_URL: postgres://shop:hunter2@db/shop\n',
      'services:\n  cache:\n    image: redis:7.2\n    command: redis-server --requirepass hunter2\n',
    ],
  },

  *check(service) {
    for (const { what, place } of foundIn(service))
      yield {
        ...place,
        data: undefined,
        // The value itself is never repeated: reports travel further than files.
        message: `${what} is written out here, and so it is in every copy of this file. Require it from the environment, or mount it as a secret.`,
      };
  },
});

interface Found {
  readonly what: string;
  readonly place: Place;
}

function* foundIn({ environment, find }: ServiceSubject): Iterable<Found> {
  for (const variable of environment) {
    if (isWrittenPassword(variable)) continue;
    const { name, text, scalar: place } = variable;
    const isKey = KEY.test(name) && !PUBLIC.test(name) && passwordKindOf(text) === 'literal';
    const what = isKey ? `The value of ${name}` : secretInText(text)?.what;
    if (what !== undefined) yield { what, place: placeOf(place) };
  }
  for (const path of COMMANDS) yield* inCommand(find(...path)?.value);
}

/** Names that end in a word for a secret, and in none for a password. */
const KEY =
  /(^|_)(SECRET_KEY_BASE|MASTER_KEY|SIGNING_KEY|JWT_KEY|APP_KEY|AUTH_KEY|ENCRYPTION_SALT|PASSPHRASE|CLIENT_SECRET|ROOT_PASS|ADMIN_PASS)$/i;

const PUBLIC = /PUBLI(C|SHABLE)|^(VITE|REACT_APP|NUXT|EXPO|GATSBY)_/i;

const COMMANDS: readonly (readonly string[])[] = [
  ['command'],
  ['entrypoint'],
  ['healthcheck', 'test'],
];

/** A list is one command: an option and its value may be two items of it. */
function* inCommand(value: Value | undefined): Iterable<Found> {
  if (value?.kind === 'scalar') {
    const found = secretInCommand(value.template ?? value.text);
    if (found) yield { what: found.what, place: placeOf(value) };
  }
  if (value?.kind !== 'seq') return;
  const items = value.items.flatMap((item) => (item.value.kind === 'scalar' ? [item.value] : []));
  const texts = items.map(({ template, text }) => template ?? text);
  const found = secretInCommand(texts.join(' '));
  if (!found) return;
  let end = -1;
  const at = texts.findIndex((text) => (end += text.length + 1) > found.index);
  const item = items[at];
  if (item) yield { what: found.what, place: placeOf(item) };
}

const placeOf = ({ source, span }: Place): Place => ({ source, span });
