/** Every snippet expands to text that parses in its place, and its page of the manual is current. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, test } from 'vitest';
import { parseDocument } from 'yaml';
import { expanded, readSnippets, renderSnippetsPage, SNIPPET_FILES } from './catalog.ts';
import { composeDocument, dockerfileDocument } from './document.ts';
import { expandSnippet } from './expand.ts';

const snippets = readSnippets();
const of = (language: string) => snippets.filter((snippet) => snippet.language === language);

interface Manifest {
  readonly contributes: {
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
}

describe('the snippets', () => {
  test('are at least forty, with prefixes that differ', () => {
    assert.ok(snippets.length >= 40);
    assert.equal(new Set(snippets.map(({ prefix }) => prefix)).size, snippets.length);
    for (const { prefix } of snippets) assert.match(prefix, /^[a-z]+(-[a-z]+)*$/);
  });

  test('are all contributed by the manifest', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    assert.deepEqual(
      contributes.snippets,
      Object.entries(SNIPPET_FILES).map(([language, path]) => ({ language, path: `./${path}` })),
    );
  });

  test('have a current page in the manual', () => {
    const page = renderSnippetsPage(snippets);
    if (process.env['UPDATE']) writeFileSync('docs/snippets.md', page);
    assert.equal(readFileSync('docs/snippets.md', 'utf8'), page);
  });
});

describe.each(snippets)('$prefix', (snippet) => {
  const { text, stops, defaults } = expandSnippet(snippet.body);

  test('describes itself in sentences', () => {
    assert.match(snippet.description, /^\S.{20,}\.$/);
  });

  test('walks through its tab stops in order, and ends with the last', () => {
    const firsts = [...new Set(stops)];
    assert.equal(firsts.at(-1), 0, 'the cursor ends somewhere');
    assert.deepEqual(
      firsts.slice(0, -1),
      firsts.slice(0, -1).map((_, index) => index + 1),
    );
  });

  test('gives a field that stands twice one default', () => {
    for (const [index, value] of defaults) {
      const again = [...snippet.body.join('\n').matchAll(/\$\{(\d+):([^}$]*)\}/g)];
      for (const [, other, words] of again) {
        if (Number(other) === index) assert.equal(words, value);
      }
    }
  });

  test('leaves no tab stop, tab or trailing space behind', () => {
    assert.doesNotMatch(text, /\$\{?\d/);
    assert.doesNotMatch(text, /\t|[ \t]$/m);
  });

  test('writes no password down', () => {
    const assigned = /^\s*(?:- )?[A-Z_]*PASS(?:WORD)?[:=][ \t]*(\S.*)$/gm;
    for (const [, value = ''] of text.matchAll(assigned)) assert.match(value, /^\$\{[A-Z_]+:\?.+\}$/);
  });
});

describe.each(of('dockercompose'))('$prefix as Compose', (snippet) => {
  test('parses in its place', () => {
    const document = parseDocument(composeDocument(snippet), { uniqueKeys: true });
    assert.deepEqual([...document.errors, ...document.warnings], []);
  });

  test('parses with four spaces of indentation too', () => {
    assert.deepEqual(parseDocument(expandSnippet(snippet.body, '    ').text).errors, []);
  });
});

describe.each(of('dockercompose').filter(({ place }) => place === 'services'))(
  '$prefix as a service',
  (snippet) => {
    test('has what every service needs', () => {
      for (const key of ['restart', 'healthcheck', 'limits', 'reservations', 'max-size', 'max-file']) {
        assert.match(expanded(snippet), new RegExp(`^ +${key}:`, 'm'));
      }
    });
  },
);

const KEYWORDS =
  /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|RUN|USER|VOLUME|WORKDIR)$/;

describe.each(of('dockerfile'))('$prefix as Dockerfile', (snippet) => {
  const file = DockerfileParser.parse(dockerfileDocument(snippet));

  test('is made of instructions only', () => {
    for (const instruction of file.getInstructions()) {
      assert.match(instruction.getInstruction(), KEYWORDS);
      assert.ok(instruction.getArguments().length > 0);
    }
  });

  test('names each image with a tag, and each stage that it copies from', () => {
    const stages = file.getFROMs().map((from) => from.getBuildStage());
    for (const from of file.getFROMs()) assert.ok(from.getImageTag() ?? from.getImageDigest());
    for (const copy of file.getCOPYs()) {
      const source = copy.getFromFlag()?.getValue();
      if (source) assert.ok(stages.includes(source));
    }
  });
});

describe.each(of('dotenv'))('$prefix as an env file', (snippet) => {
  test('has comments and assignments only', () => {
    for (const line of expanded(snippet).split('\n')) assert.match(line, /^(#.*|[A-Z_]+=.*)$/);
  });
});

describe.each(of('dockerignore'))('$prefix as an ignore file', (snippet) => {
  test('has no pattern twice, and none that is not clean', () => {
    const patterns = expanded(snippet)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(new Set(patterns).size, patterns.length);
    for (const pattern of patterns) assert.match(pattern, /^!?[^/\s][^\s]*[^/\s]$|^\*$/);
  });
});
