/** Where something of a project stands in its files. */
import type { Place, Source } from '../core/source.ts';
import { type Lines, linesOf, type Position } from '../core/span.ts';
import type { ComposeProject } from '../project/compose-project.ts';
import { offsetsIn } from './groups.ts';

export interface PlaceInFile {
  /** Absolute path. */
  readonly file: string;
  readonly position: Position;
  readonly end: Position;
}

export type Places = (place: Place) => PlaceInFile;

/** Blocks of Compose files lie somewhere in them; all other sources are whole files. */
export function placesIn({ files }: Pick<ComposeProject, 'files'>): Places {
  const offsets = offsetsIn([...files.values()]);
  const lines = new Map<Source | string, Lines>();
  const linesIn = (source: Source): Lines => {
    const file = files.get(source.file);
    const key = file ? file.file : source;
    const known = lines.get(key) ?? linesOf(file ? file.text : source.text);
    lines.set(key, known);
    return known;
  };
  return ({ source, span }) => {
    const { positionAt } = linesIn(source);
    const offset = offsets(source);
    return {
      file: source.file,
      position: positionAt(offset + span.start),
      end: positionAt(offset + span.end),
    };
  };
}
