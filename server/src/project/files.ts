/** The port through which the analysis learns facts of files; drivers put unsaved editor texts in front of the disk. */
import type { Range } from '../core/span.ts';

export interface FileFacts {
  /** The text of a file, or undefined where there is none, it is no text, or it cannot be read. */
  readonly readText: (path: string) => string | undefined;
  readonly kindOf: (path: string) => 'file' | 'directory' | undefined;
  /** The entries of a directory, sorted by name; none where it is no readable directory. */
  readonly list: (path: string) => readonly FileEntry[];
  /**
   * Something that is another whenever an entry of this directory comes, goes or becomes another kind; undefined where it
   * is no directory. Absent where nobody can tell, so that each entry has to be asked for.
   */
  readonly stampOf?: (directory: string) => string | undefined;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/** An edit with its place spelled out, as it leaves the engine. */
export interface PlacedEdit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}
