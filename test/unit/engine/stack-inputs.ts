/** The files of a stack on the disk, as the engine is given them. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Input } from '../../../server/src/engine/lint.ts';
import { diskFacts } from '../../../server/src/files/disk.ts';
import { languageOf } from '../../../server/src/project/language.ts';

/** In the order of their paths. */
export function inputsOf(folder: string): readonly Input[] {
  const { kindOf } = diskFacts();
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((name) => {
      const path = resolve(folder, name);
      const language = kindOf(path) === 'file' ? languageOf(path) : undefined;
      return language ? [{ path, language, text: readFileSync(path, 'utf8') }] : [];
    });
}
