/** What the engine keeps from one look at a file to the next, so that an edit costs what it touches. */
import { parseFile, type ParsedFile } from '../compose/file.ts';
import { projectIndex, type UpdatedIndex } from '../compose/facts/project-index.ts';
import type { FileFacts } from '../project/files.ts';
import { projectMemo, type ProjectMemo } from '../project/compose-project.ts';
import type { Piece } from './groups.ts';
import type { ServiceResult } from './services.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import type { ServiceSubject } from '../rules/subject.ts';
import type { Suppression } from '../core/suppression.ts';

export interface Memory {
  readonly ledger: Ledger;
  /** Reads a Compose file, on top of how it was read before. */
  readonly parse: (path: string, text: string) => ParsedFile;
  /** Whether it has read a Compose file before, which then was a text. */
  readonly hasRead: (path: string) => boolean;
  readonly project: ProjectMemo;
  /** By the name of the service. */
  readonly services: Map<string, ServiceResult>;
  /** Of the services of the last look. */
  readonly index: UpdatedIndex<ServiceSubject>;
  /** The ignore comments of a block. */
  readonly suppressions: WeakMap<Piece, readonly Suppression[]>;
}

/** For one file that is looked at again and again. */
export function memoryOf(facts: FileFacts): Memory {
  const parsed = new Map<string, ParsedFile>();
  return {
    ledger: ledgerOf(facts),
    parse: (path, text) => {
      const file = parseFile(path, text, parsed.get(path));
      parsed.set(path, file);
      return file;
    },
    hasRead: (path) => parsed.has(path),
    project: projectMemo(),
    services: new Map(),
    index: projectIndex(),
    suppressions: new WeakMap(),
  };
}
