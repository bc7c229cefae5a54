import { defineRule, type Preset } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import type { Property } from '../../dockerfile/properties.ts';
import { withTriggers } from '../../dockerfile/triggers.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noSecretInArgOrEnv = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-secret-in-arg-or-env',
  meta: {
    summary: 'Keep secrets out of ARG and ENV.',
    why: 'What ENV sets is written into the image, and what is passed for an ARG into its history, where everybody who can pull the image reads it with `docker history` or `docker inspect`. To unset it later takes nothing back.',
    fix: 'Nothing: a step of the build gets a secret with `RUN --mount=type=secret`, and the program that runs gets it when its container starts. A value that has been in an image has to be changed.',
    off: 'Where a name only sounds like a secret. The recommended preset looks at ENV with a value that stands here and at ARGs that ENV or RUN use; `strict` reports such names alone as BuildKit does, and `all` those of hadolint too.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['buildkit:SecretsUsedInArgOrEnv', 'hadolint:DL3064'],
    examples: ['FROM debian:12.7-slim\nENV DB_PASSWORD=correct-horse\n'],
  },

  *check({ model, settings: { preset } }) {
    for (const instructions of [model.preamble, ...model.stages.map((stage) => stage.instructions)])
      for (const [index, { keyword, properties }] of withTriggers(instructions).entries()) {
        if (keyword !== 'ARG' && keyword !== 'ENV') continue;
        const below = withTriggers(instructions.slice(index + 1));
        for (const property of properties)
          if (isReported(keyword, property, below, preset))
            yield {
              span: property.nameSpan,
              data: undefined,
              message: messageOf(keyword, property),
            };
      }
  },
});

function messageOf(keyword: string, { name }: Property): string {
  return keyword === 'ENV'
    ? `What ${name} holds is written into the image, where everybody who can pull it reads it. Give it to the container when it starts, and change it if it has been published.`
    : `What is passed for ${name} stays in the history of the image, where everybody who can pull it reads it. Use RUN --mount=type=secret,id=${name} in the step that needs it.`;
}

function isReported(
  keyword: string,
  property: Property,
  below: readonly Instruction[],
  preset: Preset,
): boolean {
  const { name, value } = property;
  if (preset === 'all' && SOUNDS_SECRET.test(name)) return true;
  if (!SECRET.test(name) || NO_SECRET.test(name)) return false;
  if (preset !== 'recommended') return true;
  if (ABOUT_ONE.test(name)) return false;
  return keyword === 'ENV' ? isLiteral(name, value) : below.some((other) => uses(other, name));
}

/** Whole words of a name, as BuildKit has them. */
const SECRET =
  /(?:_|^)(?:apikey|auth|credentials?|git_token|key|password|pword|passwd|pswd|psw|secret|token)(?:_|$)/i;
const NO_SECRET = /(?:_|^)(?:public|file|version|path|url)(?:_|$)/i;

/** Parts of names that hadolint takes for secrets, and the names that it knows besides. */
const SOUNDS_SECRET =
  /token|secret|password|username|private|api_?key|client_?key|^(aws_access_key_id|application_key|vault_client_key)$/i;

/** These tell something about a secret, and hold none: where it is, how long it lasts, whose key it is. */
const ABOUT_ONE =
  /(?:_|^)(?:pub|gpg|pgp|fingerprint|dir|directory|folder|host|hostname|port|uri|endpoint|server|service|domain|issuer|name|type|mode|method|scheme|provider|backend|plugin|algorithm|alg|size|length|ttl|timeout|expiry|expires|expiration|lifetime|enabled|disabled|required|enable|disable|header|prefix|warn\w*|sock)(?:_|$)/i;

/** Values that are switches, numbers, paths, fingerprints of public keys, or stand there for want of a value. */
const HARMLESS =
  /^(?:true|false|yes|no|on|off|none|null|nil|dummy|placeholder|unused|unset|basic|bearer|jwt|ldap|oauth2?|oidc|saml|\d{1,5}|\.{0,2}\/.*|(?:0x)?[\dA-F]{40}(?:\s+(?:0x)?[\dA-F]{40})*)$/i;

/** What holds a variable is judged where that is defined. */
function isLiteral(name: string, value = ''): boolean {
  return (
    value.trim() !== '' && !value.includes('$') && value !== name && !HARMLESS.test(value.trim())
  );
}

/** Only as a variable: `--mount=type=secret,id=NAME` is how it ought to be. */
function uses({ keyword, arguments: written }: Instruction, name: string): boolean {
  if (keyword !== 'RUN' && keyword !== 'ENV') return false;
  return Array.from(written.matchAll(/\$\{?(\w+)/g)).some(([, variable]) => variable === name);
}
