/** Every snippet of the extension, with the place in a document where its group belongs. */
import { readFileSync } from 'node:fs';
import { expandSnippet } from './expand.ts';

/** Where somebody types the prefix: an empty file, or a place inside one. */
export type Place = 'file' | 'services' | 'service' | 'top' | 'stage' | 'lines';

export interface Snippet {
  readonly language: Language;
  readonly title: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  readonly place: Place;
  readonly group: string;
}

export type Language = 'dockercompose' | 'dockerfile' | 'dockerignore' | 'dotenv';

interface Entry {
  readonly prefix: string;
  readonly description: string;
  readonly isFileTemplate?: boolean;
  readonly body: readonly string[];
}

export const SNIPPET_FILES: Readonly<Record<Language, string>> = {
  dockercompose: 'snippets/compose.json',
  dockerfile: 'snippets/dockerfile.json',
  dockerignore: 'snippets/dockerignore.json',
  dotenv: 'snippets/dotenv.json',
};

interface Group {
  readonly title: string;
  readonly place: Place;
  readonly prefixes: RegExp;
}

/** In the order of docs/snippets.md. A prefix belongs to the first group that claims it. */
const GROUPS: readonly Group[] = [
  { title: 'Whole Compose files', place: 'file', prefixes: /^compose-/ },
  { title: 'Backup services', place: 'services', prefixes: /^service-backup-/ },
  { title: 'Services by role', place: 'services', prefixes: /^service-/ },
  { title: 'Limits and reservations', place: 'service', prefixes: /^limits/ },
  { title: 'Logging with rotation, for all services', place: 'top', prefixes: /^logging-anchor$/ },
  { title: 'Logging with rotation', place: 'service', prefixes: /^logging/ },
  { title: 'Health checks', place: 'service', prefixes: /^healthcheck-/ },
  {
    title: 'Parts of a service',
    place: 'service',
    prefixes: /^(secrets-use|networks-use|volumes-config|ports-local|depends-healthy|harden)$/,
  },
  { title: 'Secrets, networks and volumes', place: 'top', prefixes: /^(secrets|networks|volumes)-/ },
  { title: 'Whole Dockerfiles', place: 'file', prefixes: /^dockerfile-/ },
  { title: 'BuildKit mounts and heredocs', place: 'stage', prefixes: /^(run|copy)-/ },
  { title: 'Labels, users and health checks of images', place: 'stage', prefixes: /^(label|user|health)-/ },
  { title: 'Ignore files', place: 'lines', prefixes: /^ignore-/ },
  { title: 'Env files', place: 'lines', prefixes: /^env-/ },
];

/** In the order of the files. Throws when a prefix belongs to no group, so that none stays untested. */
export function readSnippets(): readonly Snippet[] {
  return Object.entries(SNIPPET_FILES).flatMap(([language, path]) => {
    const entries = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Entry>>;
    return Object.entries(entries).map(([title, entry]) => {
      const group = GROUPS.find(({ prefixes }) => prefixes.test(entry.prefix));
      if (!group) throw new Error(`No group claims the prefix ${entry.prefix}.`);
      const { prefix, description, body } = entry;
      const { place } = group;
      const isTemplate = entry.isFileTemplate === true;
      if (isTemplate !== (place === 'file')) {
        throw new Error(`${prefix}: isFileTemplate belongs to whole files, and to nothing else.`);
      }
      return {
        language: language as Language,
        title,
        prefix,
        description,
        body,
        place,
        group: group.title,
      };
    });
  });
}

/** The reference page: a table for each group, in the order of GROUPS. */
export function renderSnippetsPage(snippets: readonly Snippet[]): string {
  const sections = GROUPS.map(({ title, place }) => {
    const rows = snippets
      .filter(({ group }) => group === title)
      .map(({ prefix, description }) => `| \`${prefix}\` | ${description} |`);
    return `## ${title}\n\n${WHERE[place]}\n\n| prefix | what it inserts |\n| --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${HEAD(snippets.length)}\n${sections.join('\n')}`;
}

const HEAD = (count: number) =>
  `# Snippets

<!-- Written by test/unit/snippets with UPDATE=1. -->

There are ${count} snippets.
Type a prefix, choose the snippet from the list, and walk through its fields with the Tab key.
Passwords are never written down: a snippet asks for a variable that must be set, or for a file.
`;

const WHERE: Readonly<Record<Place, string>> = {
  file: 'Type these in an empty file.',
  services: 'Type these under `services:`.',
  service: 'Type these inside one service.',
  top: 'Type these at the top level of a Compose file.',
  stage: 'Type these inside a stage of a Dockerfile.',
  lines: 'Type these on a line of their own.',
};

/** The snippet's text with every default taken. */
export const expanded = (snippet: Snippet): string => expandSnippet(snippet.body).text;
