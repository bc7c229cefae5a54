/** Loads the editor's grammars and those of the manifest, and injects them as the editor does. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type StateStack } from 'vscode-textmate';

export interface ContributedGrammar {
  readonly scopeName: string;
  readonly path: string;
  readonly language?: string;
  readonly injectTo?: readonly string[];
  readonly embeddedLanguages?: Readonly<Record<string, string>>;
}

export interface Token {
  readonly start: number;
  readonly end: number;
  /** From the document's own scope to the innermost. */
  readonly scopes: readonly string[];
}

export interface Line {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const require = createRequire(import.meta.url);

/** Grammars that come with the editor: shipped copies, or the same in the package that collects them. */
const EDITOR_GRAMMARS: Readonly<Record<string, string>> = {
  'source.yaml': 'test/fixtures/syntaxes/base/yaml.json',
  'source.yaml.1.2': 'test/fixtures/syntaxes/base/yaml-1.2.json',
  'source.dotenv': 'test/fixtures/syntaxes/base/dotenv.json',
  'source.dockerfile': require.resolve('tm-grammars/grammars/docker.json'),
  'source.shell': require.resolve('tm-grammars/grammars/shellscript.json'),
  'source.python': require.resolve('tm-grammars/grammars/python.json'),
};

export function contributedGrammars(): readonly ContributedGrammar[] {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { grammars: readonly ContributedGrammar[] };
  };
  return manifest.contributes.grammars;
}

/** A grammar that is injected into `source.yaml` reaches `source.yaml.anything` too; so it is in the editor. */
function injectedInto(scopeName: string, grammars: readonly ContributedGrammar[]): string[] {
  return grammars
    .filter(({ injectTo = [] }) =>
      injectTo.some((target) => `${scopeName}.`.startsWith(`${target}.`)),
    )
    .map((grammar) => grammar.scopeName);
}

/** `contributed` may be empty: then the editor is alone. */
export async function loadGrammar(
  scopeName: string,
  contributed: readonly ContributedGrammar[] = contributedGrammars(),
): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const paths = new Map(Object.entries(EDITOR_GRAMMARS));
  for (const { scopeName: name, path } of contributed) paths.set(name, path);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (name) => {
      const path = paths.get(name);
      return Promise.resolve(
        path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path),
      );
    },
    getInjections: (name) => injectedInto(name, contributed),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`There is no grammar for ${scopeName}.`);
  return grammar;
}

/** Line by line as the editor does: without line ends, whatever they are. */
export function tokenize(grammar: IGrammar, text: string): readonly Line[] {
  let state: StateStack = textmate.INITIAL;
  return text.split(/\r\n|\n/).map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return {
      text: line,
      tokens: tokens.map(({ startIndex, endIndex, scopes }) => ({
        start: startIndex,
        // The engine counts a line feed that it adds itself.
        end: Math.min(endIndex, line.length),
        scopes,
      })),
    };
  });
}

/** The scopes of the first character of `words`, which must stand in the text; with `after`, behind that. */
export function scopesOf(lines: readonly Line[], words: string, after = ''): readonly string[] {
  for (const line of lines) {
    const from = line.text.indexOf(after);
    const at = from < 0 ? -1 : line.text.indexOf(words, from + after.length);
    if (at < 0) continue;
    const token = line.tokens.find(({ start, end }) => start <= at && at < end);
    return token?.scopes ?? [];
  }
  throw new Error(`${words} is not in the text.`);
}
