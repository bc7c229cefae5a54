/** A Compose file in its project: what the rules say of each service and of the whole. */
import type { ParsedFile } from '../compose/file.ts';
import type { Settings } from '../config/settings.ts';
import type { Refusal } from '../compose/refusal.ts';
import { openProject } from '../project/compose-project.ts';
import { refusalsOfProject } from '../project/refusals.ts';
import type { ProjectSubject } from '../rules/subject.ts';
import { projectRules } from '../rules/registry.ts';
import { broughtIn } from './elsewhere.ts';
import { type Offsets, offsetsIn, type Part, partsOf } from './groups.ts';
import type { Memory } from './memory.ts';
import { type Crash, type Raised, rulesUnder, runRules } from './run.ts';
import type { Shared } from './roots.ts';
import { serviceResults } from './services.ts';

export interface ComposeReport {
  readonly parts: readonly Part[];
  readonly crashes: readonly Crash[];
  readonly offsets: Offsets;
  /** False where the file is a piece of something else, or cannot be read. */
  readonly isJudged: () => boolean;
  /** For fixes at what services share; absent where the file cannot be read. */
  readonly shared?: Shared;
}

const activeRules = rulesUnder(projectRules);

/** `isFresh` says that facts of files have changed since the last look. */
export function lintCompose(
  file: ParsedFile,
  settings: Settings,
  memory: Memory,
  isFresh: boolean,
): ComposeReport {
  const { ledger, parse } = memory;
  // On a broken tree every missing key may be one that stands behind the mistake, and no edit is safe.
  if (file.problems.length > 0) {
    const problems = file.problems.map((problem): Raised => ({
      rule: 'compose/syntax',
      severity: 'error',
      ...problem,
    }));
    return {
      parts: partsOf(problems),
      crashes: [],
      offsets: offsetsIn([file]),
      isJudged: () => false,
    };
  }
  const project = openProject(file, { facts: ledger.facts, parse }, memory.project);
  const results = serviceResults(project, settings, memory, isFresh);
  let refusals: readonly Refusal[] | undefined;
  const services = results.map((result) => result.subject);
  memory.index.update(services, project.merged.networks);
  const subject: ProjectSubject = {
    project,
    services,
    index: memory.index,
    serviceNamed: (name) => memory.services.get(name)?.subject,
    referencesOf: ({ merged }) => memory.project.facts.of(merged),
    refusals: () => (refusals ??= refusalsOfProject(project, memory.project)),
    files: ledger.facts,
    settings,
  };
  const whole = runRules(activeRules(settings), subject);
  const parts = [...results.flatMap((result) => result.parts), ...partsOf(whole.raised)];
  return {
    parts: [...parts, ...partsOf(broughtIn(project, parts))],
    crashes: onceEach([...results.flatMap(({ crashes }) => crashes), ...whole.crashes]),
    offsets: offsetsIn([...project.files.values()]),
    isJudged: () => !project.isPiece && project.services.every(({ complete }) => complete),
    shared: { project, subjects: services },
  };
}

/** A rule that fails will fail at many services. */
function onceEach(crashes: readonly Crash[]): readonly Crash[] {
  return [...new Map(crashes.map((crash) => [crash.rule, crash])).values()];
}
