// The least that a command can do: read and parse the Compose files and Dockerfiles below a folder, one after another.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parseDocument } from 'yaml';

const [folder] = process.argv.slice(2);
let files = 0;
for (const name of readdirSync(folder, { recursive: true })) {
  const parse = name.endsWith('compose.yaml')
    ? (text) => parseDocument(text, { keepSourceTokens: true })
    : name.endsWith('Dockerfile')
      ? (text) => DockerfileParser.parse(text).getInstructions()
      : undefined;
  if (!parse) continue;
  parse(readFileSync(join(folder, name), 'utf8'));
  files++;
}
console.log(`${files} files`);
