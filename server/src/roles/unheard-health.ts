/** Health checks that ask an address at which the program does not listen, by its own configuration. */
import { type ImageReference, parseImage } from '../compose/image.ts';
import { labelsOf } from '../compose/canonical/read.ts';
import { variablesOf, wordsOf } from '../compose/told.ts';
import type { FileFacts } from '../project/files.ts';
import {
  type HealthCall,
  type HealthTest,
  healthCallOf,
  type HttpCall,
  httpCallOf,
  isItself,
} from './health-call.ts';
import { shortPath } from './image-contents.ts';
import type { Impossible } from './impossible-health.ts';
import type { ProgramSubject } from './program-subject.ts';

/** Programs that speak HTTP, and where they do as long as nobody says otherwise. */
const listeners: readonly (readonly [image: RegExp, ports: readonly number[]])[] = [
  [/^(nginx|httpd)$/, [80, 443]],
  [/^phpmyadmin$/, [80, 443]],
  [/^adminer$/, [8080]],
  [/^grafana\/grafana(-oss|-enterprise)?$/, [3000]],
  [/^(quay\.io\/prometheus|prom)\/prometheus$/, [9090]],
  [/^(quay\.io\/prometheus|prom)\/alertmanager$/, [9093]],
  [/^(quay\.io\/prometheus|prom)\/node-exporter$/, [9100]],
  [/^(elasticsearch|opensearchproject\/opensearch)$/, [9200, 9300]],
  [/^kibana$/, [5601]],
  [/^registry$/, [5000, 5001]],
];

export function unheardHealth(test: HealthTest, service: ProgramSubject): Impossible | undefined {
  const call = healthCallOf(test);
  const http = call && httpCallOf(call);
  if (!http || !isItself(http.host) || service.build || service.program === undefined)
    return undefined;
  const image = parseImage(service.program);
  return oldAddresses(call, http, image, service) ?? otherPort(call, http, image, service);
}

function oldAddresses(
  { program, inShell }: HealthCall,
  { host, port, index }: HttpCall,
  { repository, tag = '' }: ImageReference,
  service: ProgramSubject,
): Impossible | undefined {
  if (host !== 'localhost' || !/(^|\/)wget$/.test(program)) return undefined;
  if (shortPath(repository) !== 'nginx' || !tag.includes('alpine')) return undefined;
  if (!hasOnlyOldAddresses(service, port)) return undefined;
  return {
    word: inShell ? undefined : index,
    message:
      'In this image localhost is ::1 first, and nginx listens at IPv4 addresses only, by the configuration that is mounted, so the check fails on hosts with IPv6. Ask 127.0.0.1, or listen at [::] too.',
  };
}

function otherPort(
  { inShell }: HealthCall,
  { port, index }: HttpCall,
  { repository }: ImageReference,
  service: ProgramSubject,
): Impossible | undefined {
  const path = shortPath(repository);
  const ports = listeners.find(([image]) => image.test(path))?.[1];
  if (!ports || ports.includes(port) || mayListen(port, service)) return undefined;
  return {
    word: inShell ? undefined : index,
    message: `The health check asks port ${port}, and the program of this image listens at ${String(ports[0])}, so it never passes. Ask that port.`,
  };
}

/** Whether anything moves the program to this port: a word, a variable, a label, or a configuration nobody reads here. */
function mayListen(port: number, { canonical, find, facts }: ProgramSubject): boolean {
  if (find('configs') || find('env_file') || find('entrypoint')) return true;
  const said = [
    wordsOf(canonical)?.text ?? (find('command') ? String(port) : ''),
    ...variablesOf(canonical).map(({ value }) => value),
    ...labelsOf(canonical).map(({ value }) => value?.value ?? String(port)),
  ];
  if (said.some((text) => new RegExp(`(^|\\D)${port}(\\D|$)`).test(text))) return true;
  return facts
    .hostMounts()
    .some(({ target }) => !/^\/(usr\/share\/nginx\/html|usr\/local\/apache2\/htdocs)/.test(target));
}

/** Whether the whole configuration of a web server is here to be read, and none of its `listen` is for IPv6. */
function hasOnlyOldAddresses({ facts, files }: ProgramSubject, port: number): boolean {
  const mounts = facts.hostMounts().filter(({ target }) => target.startsWith('/etc/nginx'));
  // Without these the image's own server is there too, which listens at both.
  if (!mounts.some(({ target }) => /\/conf\.d(\/default\.conf)?\/?$/.test(target))) return false;
  const texts = mounts.flatMap(({ path }) => textsAt(path, files));
  if (texts.length === 0 || texts.includes(undefined)) return false;
  const listens = texts.flatMap((text = '') =>
    Array.from(text.matchAll(/^[ \t]*listen\s+([^;\s]+)/gm), ([, address = '']) => address),
  );
  if (listens.some((address) => address.includes('['))) return false;
  return listens.some((address) => new RegExp(`(^|:)${port}$`).test(address));
}

/** Undefined stands for a file that cannot be read. */
function textsAt(path: string, files: FileFacts): readonly (string | undefined)[] {
  if (files.kindOf(path) === 'file') return [files.readText(path)];
  return files
    .list(path)
    .filter(({ name, kind }) => kind === 'file' && name.endsWith('.conf'))
    .map(({ name }) => files.readText(`${path}/${name}`));
}
