import { variablesOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDisabledTlsVerification = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-disabled-tls-verification',
  meta: {
    summary: 'Do not switch off the check of certificates.',
    why: 'Without it a program believes whoever answers, so anybody on the way reads and changes what it sends, passwords included. It holds for every connection of the program, not for the one it was meant for.',
    fix: 'Nothing: trust the certificate that is meant, with `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE` or `GIT_SSL_CAINFO`, and a mount of that file.',
    off: 'On a machine for development whose services talk to nobody else.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    environment:\n      NODE_TLS_REJECT_UNAUTHORIZED: "0"\n',
    ],
  },

  *check({ name, canonical }) {
    for (const { name: variable, value, place } of variablesOf(canonical)) {
      if (switches.get(variable)?.test(value) !== true) continue;
      yield {
        ...place,
        data: undefined,
        message: `With ${variable}, service ${name} believes every certificate, so others can read and change what it sends. Take it out, and let it trust the certificate that is meant.`,
      };
    }
  },
});

const YES = /^(1|true|yes|on)$/i;
const NO = /^(0|false|no|off)$/i;

/** By the documentation of Node.js, Python, Git, npm, Vault and Consul. */
const switches: ReadonlyMap<string, RegExp> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/],
  ['PYTHONHTTPSVERIFY', /^0$/],
  ['GIT_SSL_NO_VERIFY', YES],
  ['NPM_CONFIG_STRICT_SSL', NO],
  ['npm_config_strict_ssl', NO],
  ['VAULT_SKIP_VERIFY', YES],
  ['CONSUL_HTTP_SSL_VERIFY', NO],
]);
