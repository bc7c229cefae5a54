import { portsOf } from '../../compose/canonical/read.ts';
import { oncePerEntry, placeOf, reachOf } from '../../compose/published.ts';
import { variablesOf, wordsOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import type { ServiceSubject } from '../subject.ts';

export const noUnencryptedDockerApi = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-unencrypted-docker-api',
  meta: {
    summary: 'Do not offer or use the Docker engine over the network without TLS.',
    why: 'Port 2375 asks for no password and encrypts nothing: whoever reaches it, or stands between, is root on that host. It is searched for on the whole internet, and found within minutes.',
    fix: 'Nothing: use port 2376 with certificates, or `ssh://` in `DOCKER_HOST`. Inside of a project, a socket proxy on a network of its own needs neither, and is not reported.',
    off: 'Where host and engine share a network that nobody else is on. An engine in a container of the same project is not reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  app:\n    image: shop/app:1.4\n    environment:\n      DOCKER_HOST: tcp://10.0.0.5:2375\n',
    ],
  },

  *check(service) {
    for (const { host, place } of remoteEngines(service)) {
      yield {
        ...place,
        data: undefined,
        message: `Service ${service.name} talks to the Docker engine on ${host} without encryption or a login. Use ssh:// or port 2376 with certificates.`,
      };
    }
    if (!service.find('ports')) return;
    for (const port of oncePerEntry(portsOf(service.canonical))) {
      const reach = reachOf(port);
      if (port.target?.value !== 2375 || reach === 'host' || reach === 'unknown') continue;
      yield {
        ...placeOf(port),
        data: undefined,
        message: `Whoever reaches this port of service ${service.name} controls a Docker engine, without a password. Leave it out, and share a network with those who need it.`,
      };
    }
  },
});

/** Hosts that are no services of the project: an address, a name with dots. */
function* remoteEngines({
  canonical,
}: ServiceSubject): Iterable<{ readonly host: string; readonly place: Place }> {
  const words = wordsOf(canonical);
  const at = words && remoteIn(words.text);
  if (at) yield { host: at.host, place: words.placeAt(at.index) };
  for (const { value, place } of variablesOf(canonical)) {
    const remote = remoteIn(value);
    if (remote) yield { host: remote.host, place };
  }
}

function remoteIn(text: string): { readonly host: string; readonly index: number } | undefined {
  const match = /\btcp:\/\/([\w.-]+):2375\b/.exec(text);
  const host = match?.[1] ?? '';
  if (!match || !host.includes('.')) return undefined;
  return /^(127\.|0\.0\.0\.0$)/.test(host) ? undefined : { host, index: match.index };
}
