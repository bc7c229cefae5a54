/** A Dockerfile as stages and instructions, with a span on everything that a finding or an edit can stand on. */
import {
  type Dockerfile,
  DockerfileParser,
  type Instruction as ParsedInstruction,
  PropertyInstruction,
} from 'dockerfile-ast';
import { expand } from '../core/interpolate.ts';
import { nearest } from '../core/nearest.ts';
import { linesOf, type Lines, type Span } from '../core/span.ts';
import { maskQuotedHeredocs } from './heredoc.ts';

export interface DockerfileModel {
  readonly text: string;
  /** What continues a line: a backslash, or the backtick that a directive asks for. */
  readonly escape: '\\' | '`';
  readonly problems: readonly Problem[];
  /** What stands above the first FROM: ARGs for use in FROM. */
  readonly preamble: readonly Instruction[];
  readonly stages: readonly Stage[];
}

interface Problem {
  readonly message: string;
  readonly span: Span;
}

export interface Stage {
  /** The FROM instruction that opens it. */
  readonly from: Instruction;
  /** The base image as written, with the defaults of global ARGs filled in. */
  readonly base: string;
  /** `AS name`, lower-cased, as BuildKit compares it. */
  readonly name: string | undefined;
  /** What follows FROM, in order. */
  readonly instructions: readonly Instruction[];
  /** The earlier stage that FROM names. */
  readonly parent: Stage | undefined;
}

export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly span: Span;
  readonly keywordSpan: Span;
  /** What stands between the keyword and its arguments: `--from=…`, `--mount=…`, with the space around it. */
  readonly flags: string;
  /** What follows the keyword and its flags, continuations and comments as written. */
  readonly arguments: string;
  readonly argumentsSpan: Span;
  /** Keys of LABEL, ENV and ARG with their values, where they have one. */
  readonly properties: readonly Property[];
}

interface Property {
  readonly name: string;
  readonly value: string | undefined;
}

/** Directives stand at the very top, before anything else. */
const ESCAPE_DIRECTIVE = /^\uFEFF?(?:#[ \t]*\w+[ \t]*=.*\r?\n)*#[ \t]*escape[ \t]*=[ \t]*`/i;

/** Never throws. A text without FROM has no stages, and a problem that says so. */
export function parseDockerfile(text: string): DockerfileModel {
  // The parser takes the mark of the byte order for a part of the first keyword.
  const dockerfile = DockerfileParser.parse(maskQuotedHeredocs(text.replace(/^\uFEFF/, ' ')));
  const lines = linesOf(text);
  const instructions = dockerfile
    .getInstructions()
    .map((parsed) => instructionOf(text, lines, parsed));
  const stages: Stage[] = [];
  const globals = new Map<string, string>();
  let open: Instruction[] = [];
  const problems = problemsOf(dockerfile, instructions);
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      open = [];
      stages.push(stageOf(instruction, globals, stages, open));
    } else if (stages.length > 0) open.push(instruction);
    else for (const { name, value } of instruction.properties) setDefault(globals, name, value);
  }
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const preamble = first < 0 ? instructions : instructions.slice(0, first);
  return { text, escape: ESCAPE_DIRECTIVE.test(text) ? '`' : '\\', problems, preamble, stages };
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
  const words = onOneLine(from)
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('--'));
  const [image = '', as, name] = words;
  const base = expand(image, (variable) => globals.get(variable)) ?? image;
  return {
    from,
    base,
    name: as?.toLowerCase() === 'as' ? name?.toLowerCase() : undefined,
    instructions,
    parent: earlier.findLast((stage) => stage.name === base.toLowerCase()),
  };
}

function instructionOf(text: string, lines: Lines, parsed: ParsedInstruction): Instruction {
  const spanOf = ({ start, end }: ReturnType<ParsedInstruction['getRange']>): Span => ({
    start: lines.startOf(start.line) + start.character,
    end: lines.startOf(end.line) + end.character,
  });
  const span = spanOf(parsed.getRange());
  const keywordSpan = spanOf(parsed.getInstructionRange());
  const argumentsRange = parsed.getArgumentsRange();
  const argumentsSpan = argumentsRange
    ? spanOf(argumentsRange)
    : { start: span.end, end: span.end };
  return {
    keyword: parsed.getKeyword(),
    span,
    keywordSpan,
    flags: text.slice(keywordSpan.end, argumentsSpan.start),
    arguments: text.slice(argumentsSpan.start, argumentsSpan.end),
    argumentsSpan,
    properties: propertiesOf(parsed),
  };
}

function propertiesOf(parsed: ParsedInstruction): readonly Property[] {
  if (!(parsed instanceof PropertyInstruction)) return [];
  return parsed.getProperties().map((property) => ({
    name: property.getName(),
    value: property.getValue() ?? undefined,
  }));
}

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

function problemsOf(
  dockerfile: Dockerfile,
  instructions: readonly Instruction[],
): readonly Problem[] {
  const problems = instructions
    .filter(({ keyword }) => !KEYWORDS.has(keyword))
    .map(({ keyword, keywordSpan }) => ({
      message: `${keyword} is no Dockerfile instruction, so the build stops here. ${adviceOn(keyword)}`,
      span: keywordSpan,
    }));
  if (dockerfile.getFROMs().length > 0) return problems;
  const message =
    'There is no FROM instruction, so nothing can be built. Start with FROM and the base image.';
  return [...problems, { message, span: instructions[0]?.span ?? { start: 0, end: 0 } }];
}

function adviceOn(keyword: string): string {
  const meant = nearest(keyword, KEYWORDS);
  return meant ? `Did you mean ${meant}?` : 'Check the line above for a missing backslash.';
}
