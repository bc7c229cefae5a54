/** Secrets that are written out where they are no value of a variable for them: in addresses, commands and other texts. */
import { partsOf } from '../core/interpolate.ts';

export interface InlineSecret {
  /** What it is, for a message; never the secret. */
  readonly what: string;
  /** In the text. */
  readonly index: number;
}

/** Tokens that tell what they are by how they start. Sources: the documentation of their makers. */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'A private key'],
  [/\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}/, 'A GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'A GitLab token'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, 'An AWS access key'],
  [/\bxox[abprs]-[\w-]{10,}/, 'A Slack token'],
  [/\b[sr]k_live_[A-Za-z0-9]{16,}/, 'A Stripe key'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'An npm token'],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, 'A SendGrid key'],
  [/\bAIza[\w-]{35}\b/, 'A Google key'],
  [/\b\d{8,10}:AA[\w-]{33}\b/, 'A Telegram token'],
  [/\bhvs\.[\w-]{24,}/, 'A Vault token'],
];

/** An account and a password in front of a host. */
const ADDRESS = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/?#@'"]*:([^\s/?#@'"]+)@[\w[]/gi;

/** Options and variables of a command that take a password, up to it. */
const OPTION =
  /(?:^|[\s;"'])(?:--?(?:requirepass|masterauth|password|passwd|pass|api-?key|(?:auth-?|access-?)?token|secret(?:-key)?)(?:=|\s+)|(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH)=)(?:"|')?([^\s"';|&]+)/gi;

/** Clients that take a password as a part of an option, or behind a short one. */
const CLIENT =
  /\b(?:(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|mariadb-dump)\s[^|;&\n]{0,400}?\s-p(?:"|')?|(?:redis|valkey)-cli\s[^|;&\n]{0,400}?-a\s+(?:"|')?|curl\s[^|;&\n]{0,400}?(?:-u|--user)\s+(?:"|')?[^\s:"']+:)([^\s"';|&]+)/gi;

/** Not what stands there is secret, but what it stands for. */
const REFERENCE = /[$<{]|^(\/|\.\/|file:|\*+$|x{3,}$|\.{3}$|%)/i;

/** Values that say that they are none. */
const PLACEHOLDER =
  /^(true|false|yes|no|none|null|\d{1,3}|(your|my|the)[-_].*|.*(placeholder|redacted).*|\*+)$/i;

const isSecret = (text: string): boolean => !REFERENCE.test(text) && !PLACEHOLDER.test(text);

/** In a value as it is written: defaults of variables count, the variables do not. */
export function secretInText(text: string): InlineSecret | undefined {
  if (text.length < SHORTEST) return undefined;
  return tokenIn(text) ?? addressIn(text);
}

/** The same in what a shell or a program is told. */
export function secretInCommand(text: string): InlineSecret | undefined {
  if (text.length < SHORTEST) return undefined;
  return (
    secretInText(text) ?? first(text, OPTION, 'A password') ?? first(text, CLIENT, 'A password')
  );
}

const SHORTEST = 5;

function tokenIn(text: string): InlineSecret | undefined {
  for (const [pattern, what] of TOKENS) {
    const index = pattern.exec(text)?.index;
    if (index !== undefined) return { what, index };
  }
  return undefined;
}

function addressIn(text: string): InlineSecret | undefined {
  if (!text.includes('://')) return undefined;
  const what = 'A password in an address';
  const [only, ...others] = partsOf(text);
  // What is a default is written out too.
  const argument = others.length === 0 && only?.kind === 'variable' ? only.argument : [];
  const [inner] = argument;
  if (inner?.kind === 'text' && argument.length === 1 && first(inner.text, ADDRESS, what))
    return { what, index: 0 };
  return first(text, ADDRESS, what);
}

/** Variables of Compose, and those of the container behind `$$`. */
const VARIABLE = /\$\$?(?:\{[^{}]*\}|\w+)/g;

/** A variable alone, and its default. */
const DEFAULT = /^\$\{\w+:?-([^${}]+)\}$/;

/** Of the same length. */
const withoutVariables = (text: string): string =>
  text.includes('$') ? text.replace(VARIABLE, (variable) => '$'.repeat(variable.length)) : text;

function first(text: string, pattern: RegExp, what: string): InlineSecret | undefined {
  const masked = withoutVariables(text);
  // Nearly every text has none, and matchAll makes an expression of its own each time.
  if (masked.search(pattern) < 0) return undefined;
  for (const match of masked.matchAll(pattern)) {
    const length = match[1]?.length ?? 0;
    const index = match.index + match[0].lastIndexOf(match[1] ?? '');
    const written = text.slice(index, index + length);
    const secret = DEFAULT.exec(written)?.[1] ?? written;
    if (length > 0 && isSecret(secret)) return { what, index };
  }
  return undefined;
}
