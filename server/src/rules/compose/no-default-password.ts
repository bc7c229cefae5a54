import type { Variable } from '../../compose/environment.ts';
import type { Scalar } from '../../compose/value.ts';
import { partsOf, type VariablePart } from '../../core/interpolate.ts';
import { defineRule } from '../../core/rule.ts';
import type { Edit } from '../../core/edit.ts';
import type { Span } from '../../core/span.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDefaultPassword = defineRule<ServiceSubject, Variable>({
  id: 'compose/no-default-password',
  meta: {
    summary: 'Keep passwords and their defaults out of the Compose file.',
    why: 'A password in the file is in version control and in every copy; a default one is what runs wherever nobody set another, and attackers try it first.',
    fix: 'Turns the value into a required variable, such as `${DB_PASSWORD:?…}`: Compose refuses to start until it is set in `.env` or the environment. No password is invented, and the old one is not kept anywhere.',
    severity: 'error',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['owasp:RULE#12'],
    examples: [
      'services:\n  db:\n    image: mariadb:10.11\n    environment:\n      MARIADB_ROOT_PASSWORD: ${ROOT_PASSWORD:-changeme}\n',
      'services:\n  db:\n    image: postgres:16.4\n    environment:\n      - POSTGRES_PASSWORD=postgres\n',
    ],
  },

  *check({ environment }) {
    for (const variable of environment) {
      if (!isWrittenPassword(variable)) continue;
      const what =
        passwordKindOf(variable.text) === 'default'
          ? 'has a default in this file, which runs wherever nobody sets another'
          : 'stands in this file, and so in every copy of it';
      const { span, source } = variable.scalar;
      yield {
        span,
        source,
        data: variable,
        // The value itself is never repeated: reports travel further than files.
        message: `The value of ${variable.name} ${what}. Require it from the environment, or mount it as a secret.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: variable }, { source: { text } }) => {
      const required = variable.own ? requireValue(text, variable) : undefined;
      return (
        required && {
          title: `Require ${required.name} from the environment`,
          edits: [required.edit],
          answer: `Set ${required.name} in .env. A service that already runs may keep the old value until you change it there too.`,
        }
      );
    },
  },
});

/** Whether this rule reports a variable: others that look for secrets leave it to this one. */
export const isWrittenPassword = (variable: Variable): boolean =>
  isSecret(variable.name) && !isCount(variable) && passwordKindOf(variable.text) !== undefined;

/** Names that end in a word for a secret; paths to one, and switches about one, are none. */
function isSecret(name: string): boolean {
  return (
    /(^|_)(PASSWORD|PASSWD|PASS|PSW|PWD|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|ENCRYPTION_KEY)$/i.test(
      name,
    ) &&
    !/ALLOW_EMPTY|RANDOM|PUBLIC/i.test(name) &&
    name !== 'PWD'
  );
}

/** `MAX_TOKEN: 4096` counts tokens; a token that gives access is no small number. */
function isCount({ name, text }: Variable): boolean {
  return /TOKEN$/i.test(name) && /^\d{1,9}$/.test(text);
}

/** Whether a value, or the default of one, is written out; empty values, switches and paths to secrets are not values. */
export function passwordKindOf(text: string): 'literal' | 'default' | undefined {
  const parts = partsOf(text);
  const isValue = (value: string): boolean =>
    !/^\s*(true|false|yes|no|0|1|\/run\/secrets\/\S*|https?:\/\/\S*)?\s*$/i.test(value);
  const [first] = parts;
  if (parts.length === 1 && first?.kind === 'variable') {
    const [argument] = first.argument;
    const written =
      /^:?-$/.test(first.operator) && argument?.kind === 'text' && isValue(argument.text);
    return written ? 'default' : undefined;
  }
  const literal = parts.every((part) => part.kind === 'text');
  return literal && isValue(text) ? 'literal' : undefined;
}

const ASK = ':?set it in .env';

interface Required {
  readonly edit: Edit;
  readonly name: string;
}

function requireValue(text: string, variable: Variable): Required | undefined {
  const [part] = partsOf(variable.text);
  return part?.kind === 'variable'
    ? requireDefault(text, variable, part)
    : requireLiteral(text, variable);
}

/** `${NAME:-secret}` keeps its name; what follows it goes. */
function requireDefault(
  text: string,
  { scalar, offset }: Variable,
  { name, tail }: VariablePart,
): Required | undefined {
  const from = asWritten(text, scalar)?.start;
  if (from === undefined) return undefined;
  const span = { start: from + offset + tail.start, end: from + offset + tail.end };
  return { edit: { span, newText: ASK }, name };
}

/** A literal becomes a variable of the same name; in the list form only what follows `NAME=`. */
function requireLiteral(text: string, { name, scalar, offset }: Variable): Required | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name) || scalar.style === 'block') return undefined;
  const required = `\${${name}${ASK}}`;
  if (offset === 0) {
    const quote = scalar.style === 'single' ? "'" : '"';
    return { edit: { span: scalar.span, newText: `${quote}${required}${quote}` }, name };
  }
  const written = asWritten(text, scalar);
  if (!written) return undefined;
  // Plain text inside braces or brackets holds none of its own.
  if (scalar.style === 'plain' && scalar.inFlow) {
    const quoted = `"${asText(scalar).slice(0, offset)}${required}"`;
    return { edit: { span: scalar.span, newText: quoted }, name };
  }
  const span = { start: written.start + offset, end: written.end };
  return { edit: { span, newText: required }, name };
}

/** The span of a scalar's text without its quotes, where the text stands in the file as it is read: no escapes, no folds. */
function asWritten(text: string, scalar: Scalar): Span | undefined {
  const { span, style } = scalar;
  const quotes = style === 'plain' ? 0 : 1;
  const inner = { start: span.start + quotes, end: span.end - quotes };
  return text.slice(inner.start, inner.end) === asText(scalar) ? inner : undefined;
}

/** With its variables. */
const asText = ({ template, text }: Scalar): string => template ?? text;
