/** The differences that remain, each with its reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Result } from './compare.ts';

/** Name of the project, as seen from the folder that is compared → why it differs. */
export type KnownDifferences = Readonly<Record<string, string>>;

/** `root` is the folder of the repository. */
export function readKnownDifferences(root: string): KnownDifferences {
  const path = join(root, 'test', 'oracle', 'known-differences.json');
  return JSON.parse(readFileSync(path, 'utf8')) as KnownDifferences;
}

/** Whether both say the same about it: the model, or that it is to be refused. */
export function isFine(outcome: Outcome): boolean {
  return outcome === 'agreed' || outcome === 'both refused';
}

/** What has to be looked at: a difference that nobody explained, or an explanation of one that is gone. */
export function isUnexpected({ project, outcome }: Result, known: KnownDifferences): boolean {
  return isFine(outcome) === project.name in known;
}
