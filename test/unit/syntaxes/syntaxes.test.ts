/** What the grammars make of the fixtures, drawn beside them; UPDATE=1 draws anew. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { drawTokens } from './draw.ts';
import { loadGrammar, tokenize } from './grammars.ts';

const folder = 'test/fixtures/syntaxes';
const fixtures = [
  { file: 'compose.yaml', scope: 'source.yaml.dockercompose' },
  { file: 'plain.yaml', scope: 'source.yaml' },
  { file: 'instructions.dockerfile', scope: 'source.dockerfile' },
  { file: 'heredocs.dockerfile', scope: 'source.dockerfile' },
  { file: 'sample.dockerignore', scope: 'source.dockerignore' },
  { file: 'sample.env', scope: 'source.dotenv' },
];

describe.each(fixtures)('$file', ({ file, scope }) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8');

  test('has the drawn colours', async () => {
    const drawing = `${folder}/${file}.tokens.txt`;
    const drawn = drawTokens(tokenize(await loadGrammar(scope), text));
    if (process.env['UPDATE']) writeFileSync(drawing, drawn);
    assert.equal(existsSync(drawing) ? readFileSync(drawing, 'utf8') : '', drawn);
  });

  test('has the same colours with CRLF', async () => {
    const grammar = await loadGrammar(scope);
    assert.deepEqual(tokenize(grammar, text.replaceAll('\n', '\r\n')), tokenize(grammar, text));
  });
});
