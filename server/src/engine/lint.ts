/** Text and settings in, findings out: the one way that editor, terminal and CI all go. */
import type { Settings } from '../config/settings.ts';
import { compareFindings, type Finding } from '../core/finding.ts';
import { linesOf } from '../core/span.ts';
import { type DockerfileModel, parseDockerfile } from '../dockerfile/model.ts';
import type { CommentStyle } from '../core/suppression.ts';
import type { FileFacts } from '../project/files.ts';
import type { Language } from '../project/language.ts';
import { allRules, dockerfileRules, dotenvRules } from '../rules/registry.ts';
import { dockerfileSubject, dotenvSubject } from '../rules/subject.ts';
import { lintCompose } from './compose.ts';
import {
  absolute,
  type Group,
  groupsOf,
  type Offsets,
  offsetsIn,
  type Part,
  type Placing,
  partsOf,
  type Piece,
} from './groups.ts';
import { type Memory, memoryOf } from './memory.ts';
import { rootFixes, type Shared } from './roots.ts';
import { type Active, type Crash, type Raised, rulesUnder, runRules, runs } from './run.ts';
import { commentsOf, unsuppressed } from './suppress.ts';

export type { Crash } from './run.ts';

export interface Input {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

export interface Report {
  /** Sorted; what an ignore comment silences is left out. Put together when first asked. */
  readonly findings: readonly Finding[];
  /** The same, block by block in the order of the file, for those who look at an edited file again and again. */
  readonly groups: readonly Group[];
  readonly crashes: readonly Crash[];
}

/** In UTF-16 code units. The largest Compose files in the wild have some hundred thousand; parsing takes a second a million. */
const MAX_TEXT_LENGTH = 4_000_000;

/** What a file that is looked at again and again is looked at with. */
export interface Again {
  /** Of the last look. */
  readonly memory: Memory;
  /** Facts of files have changed since then. */
  readonly isFresh: boolean;
}

/**
 * Never throws for anything that a text can hold. With the memory of the last look at the same file, only what has
 * changed since is worked out again.
 */
export function lint(
  input: Input,
  settings: Settings,
  files: FileFacts,
  again: Again = { memory: memoryOf(files), isFresh: false },
): Report {
  const looked = look(input, settings, again);
  const { crashes, offsets } = looked;
  const groups = withoutSilenced(looked, input, settings, again.memory);
  let findings: readonly Finding[] | undefined;
  return {
    groups,
    crashes,
    get findings() {
      return (findings ??= findingsIn(groups, {
        offsets,
        fixes: looked.shared && rootFixes(looked.shared, () => told(input, looked, groups)),
      }));
    },
  };
}

function findingsIn(groups: readonly Group[], placing: Placing): readonly Finding[] {
  return groups
    .flatMap((group) => group.raised.map((one) => absolute(group, one, placing)))
    .sort(compareFindings);
}

/** All that was raised and is not silenced; nobody looks at the comments of other files. */
function told({ path }: Input, { parts }: Look, groups: readonly Group[]): readonly Raised[] {
  const elsewhere = parts.filter(({ source }) => source.file !== path);
  return [...groups, ...elsewhere].flatMap(({ raised }) => raised);
}

/** What a crash is told of that is no rule's. */
const ENGINE = 'the engine';

interface Look {
  readonly blocks: readonly Piece[];
  readonly parts: readonly Part[];
  readonly crashes: readonly Crash[];
  readonly offsets: Offsets;
  /** False where no rule could look at it as a whole: what is missing is elsewhere, or the text cannot be read. */
  readonly isJudged: () => boolean;
  readonly shared?: Shared;
  /** See {@link CommentStyle}. */
  readonly lastLineOf?: CommentStyle['lastLineOf'];
}

/** Rules catch their own mistakes; this is for those of the models under them. */
function look(input: Input, settings: Settings, { memory, isFresh }: Again): Look {
  try {
    const refused = refusalOf(input, memory);
    if (refused) return refused;
    if (input.language === 'dockerfile') return lookAtDockerfile(input, settings, memory);
    if (input.language === 'dotenv') return lookAtDotenv(input, settings, memory);
    const file = memory.parse(input.path, input.text);
    return { ...lintCompose(file, settings, memory, isFresh), blocks: file.blocks };
  } catch (error) {
    return whole(input, [], [{ rule: ENGINE, error }]);
  }
}

/** Of a file that is looked at in one piece. */
function whole({ path, text }: Input, raised: readonly Raised[], crashes: readonly Crash[]): Look {
  const source = { file: path, text };
  const lines = linesOf(text);
  const block = { source, lines: () => lines };
  return {
    blocks: [block],
    parts: partsOf(raised.map((one) => ({ ...one, source }))),
    crashes,
    offsets: offsetsIn([{ blocks: [block] }]),
    isJudged: () => false,
  };
}

const activeDockerfileRules = rulesUnder(dockerfileRules);
const activeDotenvRules = rulesUnder(dotenvRules);

function lookAtDockerfile(input: Input, settings: Settings, { ledger }: Memory): Look {
  const model = parseDockerfile(input.text);
  if (model.problems.length > 0) {
    const problems = model.problems.map((problem): Raised => ({
      rule: 'dockerfile/syntax',
      severity: 'error',
      ...problem,
    }));
    return whole(input, problems, []);
  }
  const subject = dockerfileSubject(model, input.path, settings, ledger.facts);
  const looked = judged(input, subject, activeDockerfileRules(settings));
  return { ...looked, lastLineOf: lastLinesIn(model) };
}

/** A comment above an instruction is for all of its lines. */
function lastLinesIn({ text, instructions }: DockerfileModel): (line: number) => number {
  let ends: ReadonlyMap<number, number> | undefined;
  const count = (): ReadonlyMap<number, number> => {
    const { positionAt } = linesOf(text);
    const lineOf = (offset: number): number => positionAt(offset).line;
    return new Map(instructions.map(({ span }) => [lineOf(span.start), lineOf(span.end)]));
  };
  return (line) => (ends ??= count()).get(line) ?? line;
}

function lookAtDotenv(input: Input, settings: Settings, { ledger }: Memory): Look {
  const source = { file: input.path, text: input.text };
  return judged(input, dotenvSubject(source, settings, ledger.facts), activeDotenvRules(settings));
}

/** A file that is no subject for rules says nothing of itself. */
function judged<Subject>(
  input: Input,
  subject: Subject | undefined,
  active: readonly Active<Subject>[],
): Look {
  const { raised, crashes } = subject ? runRules(active, subject) : { raised: [], crashes: [] };
  return { ...whole(input, raised, crashes), isJudged: () => subject !== undefined };
}

/** Where comments may stand, and which are heard. */
const comments: Readonly<Record<Language, CommentStyle>> = {
  compose: { trailing: true, foreign: 'compose' },
  dockerfile: { trailing: false, foreign: 'dockerfile' },
  dotenv: { trailing: true, foreign: undefined },
};

function withoutSilenced(
  { blocks, parts, crashes, isJudged, lastLineOf }: Look,
  { language }: Pick<Input, 'language'>,
  settings: Settings,
  { suppressions }: Memory,
): readonly Group[] {
  const groups = groupsOf({ blocks }, parts);
  const style = { ...comments[language], ...(lastLineOf && { lastLineOf }) };
  const found = blocks.map((block) => {
    const known = suppressions.get(block) ?? commentsOf(block, style);
    suppressions.set(block, known);
    return known;
  });
  if (found.every((list) => list.length === 0)) return groups;
  const byBlock = new Map(groups.map((group) => [group.block, group.raised]));
  const judged = isJudged();
  const left = unsuppressed(
    blocks.map((block, index) => ({
      block,
      raised: byBlock.get(block) ?? [],
      suppressions: found[index] ?? [],
    })),
    (id) =>
      judged &&
      !crashes.some(({ rule }) => rule === id || rule === ENGINE) &&
      allRules.some((rule) => rule.id === id && runs(rule, settings)),
  );
  return groupsOf({ blocks }, left);
}

/** What is no text of a sensible size is not looked at, and that is said. */
function refusalOf(input: Input, { hasRead }: Memory): Look | undefined {
  const { text } = input;
  const message =
    text.length > MAX_TEXT_LENGTH
      ? `This file has more than ${MAX_TEXT_LENGTH / 1_000_000} million characters, so it was not checked. Split it with include, or list it under ignores in .dockwright.yaml.`
      : !hasRead(input.path) && text.includes('\0')
        ? 'This file is no text, so it was not checked. Give it another name, or list it under ignores in .dockwright.yaml.'
        : undefined;
  if (message === undefined) return undefined;
  const refusal: Raised = {
    rule: 'project/unchecked-file',
    severity: 'error',
    message,
    span: { start: 0, end: 0 },
  };
  return whole(input, [refusal], []);
}
