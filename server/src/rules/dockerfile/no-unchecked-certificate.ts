import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { nameOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand, type ShellWord } from '../../dockerfile/shell.ts';
import type { Span } from '../../core/span.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noUncheckedCertificate = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unchecked-certificate',
  meta: {
    summary: 'Let downloads check who answers.',
    why: 'With the check of certificates or signatures switched off, whoever stands between the build and the server decides what comes into the image, and nobody sees it. Set for the image, it holds for the program in production, too.',
    fix: 'Nothing: install the certificate that is missing (`ca-certificates`, or the one of your company), or the key of the archive.',
    off: 'Where a build reaches only machines of its own network, and you accept what that means.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'checkov:CKV2_DOCKER_2',
      'checkov:CKV2_DOCKER_3',
      'checkov:CKV2_DOCKER_4',
      'checkov:CKV2_DOCKER_5',
      'checkov:CKV2_DOCKER_6',
      'checkov:CKV2_DOCKER_7',
      'checkov:CKV2_DOCKER_8',
      'checkov:CKV2_DOCKER_9',
      'checkov:CKV2_DOCKER_10',
      'checkov:CKV2_DOCKER_11',
      'checkov:CKV2_DOCKER_12',
      'checkov:CKV2_DOCKER_13',
      'checkov:CKV2_DOCKER_14',
      'checkov:CKV2_DOCKER_15',
      'checkov:CKV2_DOCKER_16',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN curl -k -o /srv/a https://example.com/a\nUSER nobody\n',
      'FROM node:22.11-slim\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\nUSER node\n',
    ],
  },

  *check({ model }) {
    for (const stage of model.stages) {
      for (const { span, written } of stage.instructions.flatMap(variablesOff))
        yield {
          span,
          data: undefined,
          message: `${written} switches the check of certificates off, so anybody on the way can answer. Take it out, and install the certificate that is missing.`,
        };
      for (const { commands } of runsOf(stage, MENTIONED))
        for (const { span, written } of commands.flatMap(switchesIn))
          yield {
            span,
            data: undefined,
            message: `With ${written}, nobody checks where this comes from, so anybody on the way can put something else into the image. Take it away, and install the certificate or key that is missing.`,
          };
    }
  },
});

interface Off {
  readonly span: Span;
  readonly written: string;
}

/** What may hold one of the switches below, so that no other script is read. */
const MENTIONED =
  /\s-\w*k|insecure|no-check-cert|trusted-host|ssl|allow-un|force-yes|AllowUnauth|Verify-|gpg-?check|--no(signature|digest|verify)/i;

interface Switch {
  readonly programs: RegExp;
  /** A word, or two with a space between them. */
  readonly words: RegExp;
  /** It is common, and does no harm, where all that is named lies in the image already. */
  readonly harmlessFor?: RegExp;
}

const LOCAL_PACKAGE = /^(\.{0,2}\/[^:]*|[^:]*\.(apk|rpm))$/;

const switches: readonly Switch[] = [
  {
    programs: /^curl$/,
    // Of short options, those in front may not take what follows for their value.
    words: /^(--insecure|-[aBfgGiIjJlLMnNOpqRsSvVZ#0-9]*k\w*)$/,
    harmlessFor: /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])\b/,
  },
  { programs: /^wget$/, words: /^--no-check-certificate$/ },
  {
    programs: /^(pip[\d.]*|python[\d.]*|uv)$/,
    words: /^--(trusted-host|allow-insecure-host)\b|^\S*trusted-host \S/,
  },
  {
    programs: /^(npm|yarn|pnpm|bower)$/,
    words: /^--no-strict-ssl$|^(--)?strict-ssl[= ]["']?false/,
  },
  {
    programs: /^(apt-get|apt|aptitude)$/,
    words:
      /^--(allow-unauthenticated|allow-insecure-repositories|force-yes)$|AllowUnauthenticated=(true|1|yes)|Verify-(Peer|Host)=(false|0|no)/i,
  },
  { programs: /^apk$/, words: /^--allow-untrusted$/, harmlessFor: LOCAL_PACKAGE },
  {
    programs: /^(dnf|yum|tdnf|microdnf|zypper)$/,
    words: /^--(nogpgcheck|no-gpg-checks?|setopt[= ]\S*(sslverify|gpgcheck)=(false|0|no))$/i,
    harmlessFor: LOCAL_PACKAGE,
  },
  { programs: /^rpm$/, words: /^--(nosignature|nodigest|noverify)$/, harmlessFor: LOCAL_PACKAGE },
  { programs: /^git$/, words: /^http(\.\S+)?\.sslVerify[= ](false|0)/i },
];

function switchesIn({ words }: ShellCommand): readonly Off[] {
  const [program, ...rest] = programIn(words) ?? [];
  const known = switches.find(({ programs }) => programs.test(nameOf(program)));
  if (!known || isHarmless(known, rest)) return [];
  const found = switchIn(known, rest);
  const [first] = found;
  if (!first) return [];
  const written = found.map(({ text }) => text).join(' ');
  return [{ span: { start: first.start, end: found.at(-1)?.end ?? first.end }, written }];
}

/** One word, or two that belong together. */
function switchIn({ words }: Switch, given: readonly ShellWord[]): readonly ShellWord[] {
  const word = given.find(({ text }) => words.test(text));
  if (word) return [word];
  const pair = given.findIndex(({ text }, index) =>
    words.test(`${text} ${given[index + 1]?.text ?? ''}`),
  );
  return pair < 0 ? [] : given.slice(pair, pair + 2);
}

/** Where something is named that may come from elsewhere, it is a host or a file. */
function isHarmless({ harmlessFor }: Switch, given: readonly ShellWord[]): boolean {
  const named = given.filter(({ text }) => /[./:]/.test(text) && !text.startsWith('-'));
  return (
    harmlessFor !== undefined &&
    named.length > 0 &&
    named.every(({ text }) => harmlessFor.test(text))
  );
}

const VARIABLES =
  /^((PYTHONHTTPSVERIFY|NODE_TLS_REJECT_UNAUTHORIZED)=0|(NPM_CONFIG|YARN)_STRICT_SSL=(false|0)|GIT_SSL_NO_VERIFY=(?!0$|false$).+|PIP_TRUSTED_HOST=.+)$/i;

function variablesOff({ keyword, properties }: Instruction): readonly Off[] {
  if (keyword !== 'ENV') return [];
  return properties
    .map(({ name, value, span }) => ({ span, written: `${name}=${value ?? ''}` }))
    .filter(({ written }) => VARIABLES.test(written));
}
