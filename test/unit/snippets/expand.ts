/** Expands a snippet as VS Code does when its user accepts every default, and says which tab stops it has. */

export interface Expansion {
  readonly text: string;
  /** Indices in the order in which they stand in the text, repetitions included. */
  readonly stops: readonly number[];
  /** What each index stands for; the first one that has a default decides, as in VS Code. */
  readonly defaults: ReadonlyMap<number, string>;
}

interface State {
  readonly source: string;
  readonly stops: number[];
  readonly defaults: Map<number, string>;
  at: number;
}

const STOP = /\$(?:(\d+)|([A-Z_]+))/y;
const OPENING = /\$\{(?:(\d+)|([A-Z_]+))(?=[:|}])/y;

/** Throws when the body is not a snippet: an unclosed placeholder, or a `$` that is neither escaped nor a tab stop. */
export function expandSnippet(body: readonly string[], indentation = '  '): Expansion {
  const source = body.map((line) => withIndentation(line, indentation)).join('\n');
  const state: State = { source, stops: [], defaults: new Map(), at: 0 };
  const text = readUntil(state, undefined);
  return { text, stops: state.stops, defaults: state.defaults };
}

function withIndentation(line: string, indentation: string): string {
  return line.replace(/^\t+/, (tabs) => indentation.repeat(tabs.length));
}

function readUntil(state: State, closing: string | undefined): string {
  let text = '';
  while (state.at < state.source.length) {
    const character = state.source.charAt(state.at);
    if (character === closing) return text;
    if (character === '\\' && /[\\$}]/.test(state.source.charAt(state.at + 1))) {
      text += state.source.charAt(state.at + 1);
      state.at += 2;
    } else if (character === '$') {
      text += readStop(state);
    } else {
      text += character;
      state.at += 1;
    }
  }
  if (closing !== undefined) throw new Error(`The snippet ends before a closing ${closing}.`);
  return text;
}

function readStop(state: State): string {
  const simple = take(state, STOP);
  if (simple) return valueOf(state, simple, undefined);
  const opening = take(state, OPENING);
  if (!opening) {
    throw new Error(`A stray $ before ${state.source.slice(state.at, state.at + 20)}`);
  }
  const content = readContent(state);
  if (state.source[state.at] !== '}') throw new Error('A placeholder is not closed.');
  state.at += 1;
  return valueOf(state, opening, content);
}

function readContent(state: State): string | undefined {
  const kind = state.source[state.at];
  if (kind === '}') return undefined;
  state.at += 1;
  if (kind === ':') return readUntil(state, '}');
  const end = state.source.indexOf('|}', state.at);
  if (end < 0) throw new Error('A choice is not closed.');
  const choices = state.source.slice(state.at, end).split(',');
  state.at = end + 1;
  return choices[0];
}

function valueOf(state: State, found: RegExpExecArray, content: string | undefined): string {
  if (found[1] === undefined) return content ?? '';
  const index = Number(found[1]);
  state.stops.push(index);
  if (content !== undefined && !state.defaults.has(index)) state.defaults.set(index, content);
  return content ?? state.defaults.get(index) ?? '';
}

function take(state: State, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = state.at;
  const found = pattern.exec(state.source);
  if (!found) return undefined;
  state.at = pattern.lastIndex;
  return found;
}
