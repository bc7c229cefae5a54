/** What a document shows of a project's effective model: its text, and what is known of each line. Plain data, pure. */
import type { ModelAnswer, ModelLine, ModelPlace } from '../../../../server/src/protocol/model.ts';

export interface View {
  readonly text: string;
  /** One for each line of the text. */
  readonly lines: readonly ModelLine[];
  /** The last text that Compose would run, without what was put above it. */
  readonly good: Pick<View, 'text' | 'lines'> | undefined;
}

const COMMENT: ModelLine = { path: '', steps: [] };

/** The answer as a text; where Compose would refuse the project, the reasons stand above the last model that it would run. */
export function viewOf(answer: ModelAnswer, before: View | undefined): View {
  const good = before?.good;
  if (answer.kind === 'none')
    return withComments(['There is no Compose project here any more.'], good);
  const { text, lines } = answer;
  if (answer.kind === 'model') return { text, lines, good: { text, lines } };
  const rest = good
    ? '#\n# Below is what Compose would have run before that.\n'
    : '#\n# As soon as Compose would run it, the model stands here.\n';
  return above({ text: `${text}${rest}`, lines: [...lines, COMMENT, COMMENT] }, good);
}

/** Where the server cannot be asked: the reason, and what was shown before. */
export function failedView(message: string, before: View | undefined): View {
  return withComments(message.split('\n'), before?.good);
}

function withComments(comments: readonly string[], good: View['good']): View {
  const text = comments.map((comment) => `# ${comment}\n`).join('');
  return above({ text, lines: comments.map(() => COMMENT) }, good);
}

function above(head: Pick<View, 'text' | 'lines'>, good: View['good']): View {
  return {
    text: `${head.text}${good ? `\n${good.text}` : ''}`,
    lines: [...head.lines, ...(good ? [COMMENT, ...good.lines] : [])],
    good,
  };
}

/** How a place is named and reached: `compose.yaml:12` and an address that ends at the place. */
export interface Names {
  readonly name: (uri: string) => string;
}

/** What a hover over a line says, as Markdown; undefined where nothing is known of it. */
export function hoverOf(line: ModelLine | undefined, names: Names): string | undefined {
  if (!line || (line.path === '' && !line.at)) return undefined;
  const path = line.path === '' ? [] : [`**${escaped(line.path)}**`];
  const written = line.at ? [`Written at ${linkTo(line.at, names)}`] : [];
  const steps = line.steps.map(
    ({ what, at }) => `- ${escaped(what)}${at ? ` (${linkTo(at, names)})` : ''}`,
  );
  return [...path, ...written, ...(steps.length > 0 ? [steps.join('\n')] : [])].join('\n\n');
}

function linkTo(place: ModelPlace, { name }: Names): string {
  const { line } = place.range.start;
  return `[${escaped(name(place.uri))}:${line + 1}](${targetOf(place)})`;
}

/** The address of a file with the place in it, as the editor understands it. */
export function targetOf({ uri, range: { start } }: ModelPlace): string {
  // Parentheses would end a link of Markdown.
  const address = uri.replaceAll('(', '%28').replaceAll(')', '%29');
  return `${address}#L${start.line + 1},${start.character + 1}`;
}

const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!<>|~$]/g, '\\$&');
