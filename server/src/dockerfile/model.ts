/** A Dockerfile as stages and instructions, with a span on everything that a finding or an edit can stand on. */
import { expand } from '../core/interpolate.ts';
import { nearest } from '../core/nearest.ts';
import type { Span } from '../core/span.ts';
import { type Flag, flagsOf } from './flags.ts';
import { type Directive, type Heredoc, type Piece, piecesOf } from './lines.ts';
import { type Property, propertiesIn } from './properties.ts';
import { readCommands, type ShellCommand } from './shell.ts';
import { type Code, type Escape, type Word, wordsIn } from './words.ts';

export interface DockerfileModel {
  readonly text: string;
  /** What continues a line: a backslash, or the backtick that a directive asks for. */
  readonly escape: Escape;
  /** At the very top: `syntax`, `escape`, `check`. */
  readonly directives: readonly Directive[];
  readonly problems: readonly Problem[];
  /** All of them, in order. */
  readonly instructions: readonly Instruction[];
  /** What stands above the first FROM: ARGs for use in FROM. */
  readonly preamble: readonly Instruction[];
  readonly stages: readonly Stage[];
}

interface Problem {
  readonly message: string;
  readonly span: Span;
}

export interface Stage {
  /** Counted from zero, as `--from=0` does. */
  readonly index: number;
  /** The FROM instruction that opens it. */
  readonly from: Instruction;
  /** The word that names the image; undefined where FROM names none. */
  readonly image: Word | undefined;
  /** The base image as written, with the defaults of global ARGs filled in. */
  readonly base: string;
  /** `AS name`, lower-cased, as BuildKit compares it. */
  readonly name: string | undefined;
  /** The words `AS` and the name, where they are there. */
  readonly as: Word | undefined;
  readonly nameWord: Word | undefined;
  /** What follows FROM, in order. */
  readonly instructions: readonly Instruction[];
  /** The earlier stage that FROM names. */
  readonly parent: Stage | undefined;
}

export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  /** From the keyword to the end of its last line, heredocs included. */
  readonly span: Span;
  readonly keywordSpan: Span;
  /** What stands in front of its arguments: `--from=…`, `--mount=…`. */
  readonly flags: readonly Flag[];
  /** What follows the keyword and its flags to the end of its span, continuations and comments as written. */
  readonly arguments: string;
  readonly argumentsSpan: Span;
  /**
   * The same without heredocs, comments and blank lines, which are spaces: to be split into words and searched for
   * variables, whose spans are those of the text.
   */
  readonly code: Code;
  readonly heredocs: readonly Heredoc[];
  /** Blank lines between its continued lines. */
  readonly blankLines: readonly Span[];
  /** Keys of LABEL, ENV and ARG with their values, where they have one. */
  readonly properties: readonly Property[];
  /** What ONBUILD puts off. */
  readonly trigger: Instruction | undefined;
  /** What the shell of a RUN runs; see `commandsOfRun`. */
  readonly commands: () => readonly ShellCommand[];
}

/** Never throws. A text without FROM has no stages, and a problem that says so. */
export function parseDockerfile(text: string): DockerfileModel {
  const { escape, directives, pieces } = piecesOf(text);
  const instructions = pieces.map((piece) => instructionOf(text, piece, escape));
  const stages: Stage[] = [];
  const globals = new Map<string, string>();
  let open: Instruction[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      open = [];
      stages.push(stageOf(instruction, globals, stages, open));
    } else if (stages.length > 0) open.push(instruction);
    else for (const { name, value } of instruction.properties) setDefault(globals, name, value);
  }
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const preamble = first < 0 ? instructions : instructions.slice(0, first);
  const problems = problemsOf(instructions);
  return { text, escape, directives, problems, instructions, preamble, stages };
}

/** An ARG without a default has no value until the build gives it one. */
function setDefault(globals: Map<string, string>, name: string, written: string | undefined): void {
  const value =
    written === undefined ? undefined : expand(written, (variable) => globals.get(variable));
  if (value === undefined) globals.delete(name);
  else globals.set(name, value);
}

/** What follows the keyword, its continued lines joined by spaces. */
export function onOneLine(instruction: Pick<Instruction, 'arguments'>): string {
  return instruction.arguments.replace(/[\\`]\r?\n/g, ' ');
}

/** Instructions that hold for a stage: those of the stages that it is built on first, its own last. */
export function inheritedBy(stage: Stage): readonly Instruction[] {
  return [...(stage.parent ? inheritedBy(stage.parent) : []), ...stage.instructions];
}

/** The image at the root of a stage, behind all stages that it is built on. */
export function rootImageOf(stage: Stage): string {
  return stage.parent ? rootImageOf(stage.parent) : stage.base;
}

function stageOf(
  from: Instruction,
  globals: ReadonlyMap<string, string>,
  earlier: readonly Stage[],
  instructions: readonly Instruction[],
): Stage {
  const [image, ...naming] = wordsIn(from.code);
  const written = image?.text ?? '';
  const base = expand(written, (variable) => globals.get(variable)) ?? written;
  const [as, nameWord] = naming[0]?.text.toLowerCase() === 'as' ? naming : [];
  return {
    index: earlier.length,
    from,
    image,
    base,
    name: nameWord?.text.toLowerCase(),
    as,
    nameWord,
    instructions,
    parent: earlier.findLast((stage) => stage.name === base.toLowerCase()),
  };
}

const KEYWORD = /^[^\s\\`]+/;

/** Those that take flags; of all others, what begins with dashes is an argument. */
const WITH_FLAGS = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'HEALTHCHECK']);

function instructionOf(text: string, piece: Piece, escape: Escape): Instruction {
  const { span, code, heredocs, blankLines } = piece;
  const { start } = span;
  const [first = ''] = KEYWORD.exec(code) ?? [];
  const keyword = first.toUpperCase();
  const keywordSpan = { start, end: start + first.length };
  const rest = { code: code.slice(first.length), start: keywordSpan.end, escape };
  const flags = WITH_FLAGS.has(keyword) ? flagsOf(wordsIn(rest)) : [];
  const argumentsStart = firstWord(rest, flags.at(-1)?.span.end ?? keywordSpan.end);
  const own = { code: code.slice(argumentsStart - start), start: argumentsStart, escape };
  const written = text.slice(argumentsStart, span.end);
  let commands: readonly ShellCommand[] | undefined;
  return {
    keyword,
    span,
    keywordSpan,
    flags,
    arguments: written,
    argumentsSpan: { start: argumentsStart, end: span.end },
    code: own,
    heredocs,
    blankLines,
    properties: propertiesIn(keyword, own),
    trigger: keyword === 'ONBUILD' ? triggerOf(text, piece, own) : undefined,
    commands: () =>
      (commands ??= readCommands({ keyword, code: own, heredocs, arguments: written })),
  };
}

function triggerOf(text: string, piece: Piece, { code, start, escape }: Code): Instruction {
  return instructionOf(text, { ...piece, code, span: { start, end: piece.span.end } }, escape);
}

/** Where the first word stands behind an offset; the end where there is none. */
function firstWord({ code, start, escape }: Code, from: number): number {
  const at = from - start;
  const [word] = wordsIn({ code: code.slice(at), start: from, escape });
  return word?.span.start ?? start + code.length;
}

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

function problemsOf(instructions: readonly Instruction[]): readonly Problem[] {
  const problems = instructions
    .filter(({ keyword }) => !KEYWORDS.has(keyword))
    .map(({ keyword, keywordSpan }) => ({
      message: `${keyword} is no Dockerfile instruction, so the build stops here. ${adviceOn(keyword)}`,
      span: keywordSpan,
    }));
  if (instructions.some(({ keyword }) => keyword === 'FROM')) return problems;
  const message =
    'There is no FROM instruction, so nothing can be built. Start with FROM and the base image.';
  return [...problems, { message, span: instructions[0]?.span ?? { start: 0, end: 0 } }];
}

function adviceOn(keyword: string): string {
  const meant = nearest(keyword, KEYWORDS);
  return meant ? `Did you mean ${meant}?` : 'Check the line above for a missing backslash.';
}
