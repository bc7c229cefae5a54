/** Puts an expanded snippet into the smallest document in which it is complete and has its place. */
import { parse } from 'yaml';
import { expanded, type Snippet } from './catalog.ts';

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A service that lacks nothing; a snippet that goes inside a service replaces the parts that it brings itself. */
const SERVICE_PARTS: Readonly<Record<string, string>> = {
  // Of which nobody knows what is in it, so that any program of a health check may be.
  image: 'image: shop/app:1.35',
  restart: 'restart: unless-stopped',
  healthcheck: 'healthcheck:\n  test: ["CMD", "true"]',
  deploy:
    'deploy:\n  resources:\n    limits:\n      cpus: "1.0"\n      memory: 512M\n    reservations:\n      cpus: "0.25"\n      memory: 128M',
  logging: 'logging:\n  driver: json-file\n  options:\n    max-size: 10m\n    max-file: "3"',
};

const serviceWithout = (keys: readonly string[]): string =>
  Object.entries(SERVICE_PARTS)
    .filter(([key]) => !keys.includes(key))
    .map(([, part]) => part)
    .join('\n');

/** Includes the volumes, networks, secrets and neighbours that the snippet's own text refers to. */
export function composeDocument(snippet: Snippet): string {
  const text = expanded(snippet);
  if (snippet.place === 'file') return `${text}\n`;
  if (snippet.place === 'top') {
    return `${text}\n\nservices:\n  app:\n${indented(serviceWithout([]), 4)}\n`;
  }
  const services =
    snippet.place === 'services'
      ? indented(text, 2)
      : `  app:\n${indented(`${serviceWithout(topKeys(text))}\n${text}`, 4)}`;
  return declareMissing(`services:\n${services}\n`);
}

const topKeys = (text: string): readonly string[] =>
  [...text.matchAll(/^([a-z_]+):/gm)].map(([, key = '']) => key);

interface ServiceShape {
  readonly volumes?: readonly (string | object)[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

function declareMissing(document: string): string {
  const { services } = parse(document) as { services: Readonly<Record<string, ServiceShape>> };
  const all = Object.values(services);
  const neighbours = all
    .flatMap((service) => Object.keys(service.depends_on ?? {}))
    .filter((name) => !(name in services))
    .map((name) => `  ${name}:\n${indented(serviceWithout([]), 4)}\n`);
  const volumes = all
    .flatMap((service) => service.volumes ?? [])
    .filter((mount) => typeof mount === 'string')
    .map((mount) => mount.split(':')[0] ?? '')
    .filter((source) => /^[a-z]/.test(source));
  const section = (key: string, names: readonly string[], value: string) =>
    names.length > 0 ? `${key}:\n${names.map((name) => `  ${name}:${value}\n`).join('')}` : '';
  return (
    document +
    neighbours.join('') +
    section('volumes', volumes, '') +
    section('networks', all.flatMap((service) => service.networks ?? []), '') +
    section('secrets', all.flatMap((service) => service.secrets ?? []), ' { file: ./secret.txt }')
  );
}

/** A part of a Dockerfile comes after FROM and before the lines that make an image complete. */
export function dockerfileDocument(snippet: Snippet): string {
  const text = expanded(snippet);
  if (snippet.place === 'file') return `${text}\n`;
  const complete = [
    /^LABEL /m.test(text)
      ? ''
      : 'LABEL org.opencontainers.image.title="app" org.opencontainers.image.version="1.0.0" org.opencontainers.image.source="https://example.com/app"\n',
    /^HEALTHCHECK /m.test(text) ? '' : 'HEALTHCHECK CMD ["true"]\n',
    /^USER /m.test(text) ? '' : 'USER 10001\n',
  ];
  return `# syntax=docker/dockerfile:1\nFROM shop/base:3.20.3\n${text}\n${complete.join('')}CMD ["true"]\n`;
}

/** Every variable that the text asks for with `:?`, as a test's environment should set them. */
export function requiredVariables(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(?<!\$)\$\{([A-Z_]+):\?/g)].map(([, name = '']) => [name, 'set-by-the-test']),
  );
}
