/** What the grammars promise beyond the drawings: they keep to their own files, and no line holds them up. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { contributedGrammars, loadGrammar, scopesOf, tokenize } from './grammars.ts';

const COMPOSE = 'source.yaml.dockercompose';
const fixture = (name: string) => readFileSync(`test/fixtures/syntaxes/${name}`, 'utf8');
const inCompose = async (text: string) => tokenize(await loadGrammar(COMPOSE), text);
const inDockerfile = async (text: string) => tokenize(await loadGrammar('source.dockerfile'), text);

describe('the manifest', () => {
  test.each(contributedGrammars())('names $path by its scope', ({ path, scopeName, injectTo }) => {
    const grammar = JSON.parse(readFileSync(path, 'utf8')) as {
      scopeName: string;
      injectionSelector?: string;
    };
    assert.equal(grammar.scopeName, scopeName);
    assert.equal(grammar.injectionSelector !== undefined, injectTo !== undefined);
  });

  test('maps every embedded language to a scope that the grammar gives', () => {
    for (const { path, embeddedLanguages = {} } of contributedGrammars()) {
      const text = readFileSync(path, 'utf8');
      for (const scope of Object.keys(embeddedLanguages)) assert.ok(text.includes(`"${scope}`));
    }
  });

  test('injects nothing into YAML that is not Compose', () => {
    const targets = contributedGrammars().flatMap(({ injectTo = [] }) => injectTo);
    assert.deepEqual([...new Set(targets)].sort(), ['source.dockerfile', 'source.dotenv', COMPOSE]);
  });
});

describe('other YAML', () => {
  test('has the colours that it has without us', async () => {
    const text = fixture('plain.yaml') + fixture('compose.yaml');
    assert.deepEqual(
      tokenize(await loadGrammar('source.yaml'), text),
      tokenize(await loadGrammar('source.yaml', []), text),
    );
  });

  test('looks the same in a Compose file where nothing of ours is in it', async () => {
    const text = 'services:\n  web: &web\n    image: "nginx:1.27" # why\n    ports: [80, "443"]\n';
    const strip = (lines: Awaited<ReturnType<typeof inCompose>>) =>
      lines.map(({ tokens }) => tokens.map(({ scopes, ...place }) => [place, scopes.slice(1)]));
    assert.deepEqual(
      strip(await inCompose(text)),
      strip(tokenize(await loadGrammar('source.yaml', []), text)),
    );
  });
});

describe('Compose values', () => {
  test('know the parts of a variable, nested ones too', async () => {
    const lines = await inCompose('a: ${A:-${B:?say B}}\n');
    assert.ok(scopesOf(lines, 'A').includes('variable.other.interpolated.dockercompose'));
    assert.ok(scopesOf(lines, ':-').includes('keyword.operator.expansion.dockercompose'));
    assert.ok(scopesOf(lines, 'B').includes('string.unquoted.default.dockercompose'));
    assert.ok(scopesOf(lines, 'say').includes('string.unquoted.message.dockercompose'));
  });

  test('do not take an escaped dollar for a variable', async () => {
    const lines = await inCompose('a: $$VAR $${OTHER}\n');
    assert.ok(scopesOf(lines, '$$').includes('constant.character.escape.dollar.dockercompose'));
    for (const name of ['VAR', 'OTHER']) {
      assert.ok(!scopesOf(lines, name).includes('variable.other.interpolated.dockercompose'));
    }
  });

  test('end a message at its first closing brace', async () => {
    const lines = await inCompose('a: ${A:?msg with } rest }\n');
    assert.deepEqual(scopesOf(lines, 'rest').at(-1), 'string.unquoted.plain.out.yaml');
  });

  test.each(['512M', '2gb', '1.5GiB', '1m30s', '500ms', '"10s"', "'1h'", '64k # why'])(
    'see a quantity in %s',
    async (value) => {
      const lines = await inCompose(`a: ${value}\n`);
      const digit = /\d/.exec(value)?.[0] ?? '';
      assert.ok(scopesOf(lines, digit).includes('constant.numeric.quantity.dockercompose'));
    },
  );

  test.each(['10m of rope', 'v10m', '10mx', '1 m', '7bananas', 'a10m', '10:20m'])(
    'see none in %s',
    async (value) => {
      const lines = await inCompose(`a: ${value}\n`);
      for (const { scopes } of lines.flatMap(({ tokens }) => tokens)) {
        assert.ok(!scopes.includes('constant.numeric.quantity.dockercompose'));
      }
    },
  );

  test.each([
    ['command: curl x', 'curl'],
    ['entrypoint: "curl x"', 'curl'],
    ['command: |\n    curl x', 'curl'],
    ['command: >-\n    curl x', 'curl'],
    ['command: ["sh", "-c", "curl x"]', 'curl'],
    ['command:\n  - sh\n  - -ec\n  - curl x', 'curl'],
    ['test: ["CMD-SHELL", "curl x"]', 'curl'],
    ['test:\n  - CMD-SHELL\n  - curl x', 'curl'],
  ])('read shell in %j', async (text, word) => {
    const lines = await inCompose(`a:\n  ${text.replaceAll('\n', '\n  ')}\n  next: value\n`);
    assert.ok(scopesOf(lines, word).includes('entity.name.command.shell'));
    assert.equal(scopesOf(lines, 'next').at(-1), 'entity.name.tag.yaml', 'and it ends there');
  });

  test.each(['test: ["CMD", "curl", "x"]', 'command: ["curl", "x"]', 'commands: curl x'])(
    'read none in %s',
    async (text) => {
      const lines = await inCompose(`a:\n  ${text}\n`);
      assert.ok(!scopesOf(lines, 'curl').some((scope) => scope.startsWith('meta.embedded')));
    },
  );

  test('an open quote in a script ends with its value', async () => {
    const lines = await inCompose("a:\n  command: |\n    echo 'open\n  image: nginx\n");
    assert.equal(scopesOf(lines, 'image').at(-1), 'entity.name.tag.yaml');
  });
});

describe('Dockerfiles', () => {
  test('go on after a comment between continued lines, apostrophe and all', async () => {
    const lines = await inDockerfile("RUN a \\\n  # don't\n\n  && curl x\nUSER app\n");
    assert.ok(scopesOf(lines, 'don').includes('comment.line.number-sign.dockerfile'));
    assert.ok(scopesOf(lines, 'curl').includes('entity.name.command.shell'));
    assert.equal(scopesOf(lines, 'USER').at(-1), 'keyword.other.special-method.dockerfile');
  });

  test('an open quote ends at the next instruction', async () => {
    const lines = await inDockerfile("RUN echo 'open\nUSER app\n");
    assert.deepEqual(scopesOf(lines, 'app'), ['source.dockerfile']);
  });

  test.each(['<<EOF', '<<-EOF', '<<"EOF"', "<<-'EOF'"])('read a script in %s', async (opening) => {
    const lines = await inDockerfile(`RUN ${opening}\ncurl x\nEOF\nUSER app\n`);
    assert.ok(scopesOf(lines, 'curl').includes('entity.name.command.shell'));
    assert.deepEqual(scopesOf(lines, 'app'), ['source.dockerfile']);
  });

  test('do not take a # in an address for a comment', async () => {
    const lines = await inDockerfile('RUN curl http://example.com/#top && true\n');
    assert.ok(scopesOf(lines, 'true').includes('support.function.builtin.shell'));
  });
});

describe('a line of 5,000 characters', () => {
  const pieces = ['${A:-', '${A:-}', '$', '"', "'", '\\', '(', '-c ', '1m', '512', '# '];
  /**
   * Each opens a level of a grammar of the editor's: YAML's takes the square of the depth for them,
   * and the shell's calls itself for each here-document of a line.
   */
  const nesting = ['{', '[a', '<<A '];
  const starts = [
    [COMPOSE, 'a: '],
    [COMPOSE, 'a: "'],
    [COMPOSE, 'a:\n  command: '],
    [COMPOSE, 'a:\n  test: ["CMD-SHELL", '],
    ['source.dockerfile', 'RUN '],
    ['source.dockerfile', 'COPY '],
    ['source.dockerignore', '!'],
    ['source.dotenv', 'A='],
  ] as const;
  const lines = [
    ...pieces.map((piece) => piece.repeat(Math.ceil(5000 / piece.length))),
    ...nesting.map((piece) => piece.repeat(500)),
  ];

  // A regular expression that backtracks without bounds runs into the suite's time limit.
  test.each(starts)('in %s after %j is read to its end', async (scope, start) => {
    const grammar = await loadGrammar(scope);
    for (const line of lines) {
      const last = tokenize(grammar, start + line).at(-1);
      assert.equal(last?.tokens.at(-1)?.end, last?.text.length);
    }
  });
});
