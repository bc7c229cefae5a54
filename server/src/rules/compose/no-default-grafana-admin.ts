import { environmentOf, labelsOf, portsOf } from '../../compose/canonical/read.ts';
import { parseImage } from '../../compose/image.ts';
import { hostNamespace } from '../../compose/isolation.ts';
import { reachOf } from '../../compose/published.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const noDefaultGrafanaAdmin = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-default-grafana-admin',
  meta: {
    summary: 'Set the password of Grafana’s administrator.',
    why: 'Grafana starts with the account admin and the password admin. Who logs in first chooses the next password, and an administrator reads every data source with the rights that Grafana has there.',
    fix: 'Nothing: set `GF_SECURITY_ADMIN_PASSWORD` to a required variable, such as `${GRAFANA_PASSWORD:?set it in .env}`, or `GF_SECURITY_ADMIN_PASSWORD__FILE` to a mounted secret. It counts when Grafana first starts; change it by `grafana cli admin reset-admin-password` later.',
    off: 'Where a file that is not here, or a first login that has happened, has set the password. One that neither a port nor a proxy shows to others is reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  grafana:\n    image: grafana/grafana:11.2.0\n    ports:\n      - "3000:3000"\n',
    ],
  },

  *check(service) {
    const { complete, name, program, build, settings, nameSpan } = service;
    if (!complete || build || program === undefined) return;
    if (!/^grafana(-oss|-enterprise)?$/.test(parseImage(program).name)) return;
    if (settings.preset === 'recommended' && !isShown(service)) return;
    if (decides(service)) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} starts with the account admin and the password admin. Set GF_SECURITY_ADMIN_PASSWORD to a required variable, or GF_SECURITY_ADMIN_PASSWORD__FILE to a secret.`,
    };
  },
});

/** By a variable, or by something that is not read here. A password that is written out has a rule of its own. */
function decides({ canonical, find, facts }: ServiceSubject): boolean {
  if (find('env_file') || find('configs') || find('entrypoint') || find('command')) return true;
  const isSet = environmentOf(canonical).some(
    ({ name, value }) =>
      /^GF_SECURITY_(ADMIN_PASSWORD(__FILE)?|DISABLE_INITIAL_ADMIN_CREATION)$/.test(name) ||
      (/^GF_AUTH_(DISABLE_LOGIN_FORM|PROXY_ENABLED)$/.test(name) && value?.value !== 'false'),
  );
  return (
    isSet ||
    facts.hostMounts().some(({ target }) => /^\/etc\/grafana(\/grafana\.ini)?$/.test(target))
  );
}

/** To others than the project and the host itself: by a port, or by a proxy that reads labels or variables. */
function isShown(service: ServiceSubject): boolean {
  const { canonical } = service;
  if (hostNamespace(service, 'network_mode')) return true;
  return (
    portsOf(canonical).some((port) => /^(everybody|address)$/.test(reachOf(port))) ||
    labelsOf(canonical).some(({ name }) => /^(traefik\.|caddy)/.test(name)) ||
    environmentOf(canonical).some(({ name }) => name === 'VIRTUAL_HOST')
  );
}
