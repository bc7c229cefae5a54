/** Compose files that lie beside a project without being part of it: they may be laid over it by `-f`. */
import { basename, dirname, join, relative, sep } from 'node:path';
import type { ComposeProject } from './compose-project.ts';
import { BASE_NAMES } from './discover.ts';
import type { FileFacts } from './files.ts';
import { languageOf } from './language.ts';

/** Whether one of them has this name in it, in whatever place. */
export function isNamedBeside(
  name: string,
  { file, files: read }: ComposeProject,
  files: FileFacts,
): boolean {
  const folder = dirname(file.file);
  return files
    .list(folder)
    .filter((entry) => entry.kind === 'file' && languageOf(entry.name) === 'compose')
    .map((entry) => join(folder, entry.name))
    .some((path) => !read.has(path) && hasWord(files.readText(path) ?? '', name));
}

/** Something of the project is elsewhere, so what is missing or unused here may be there. */
export function isOpenEnded({ isPiece, merged }: ComposeProject): boolean {
  return isPiece || merged.unread.length > 0;
}

/** How many folders upwards a project is looked for that includes this one. */
const LEVELS = 4;

/** Whether a project in a folder above includes the file, so that names and variables may come from there. */
export function isPartOfAnother({ file }: ComposeProject, files: FileFacts): boolean {
  const path = file.file;
  let folder = dirname(path);
  for (let level = 0; level < LEVELS; level++) {
    if (files.kindOf(join(folder, '.git')) !== undefined || dirname(folder) === folder)
      return false;
    folder = dirname(folder);
    const inside = relative(folder, path).split(sep).join('/');
    const isNamed = BASE_NAMES.some((name) => {
      const text = files.readText(join(folder, name));
      return text !== undefined && /^include\s*:/m.test(text) && names(text, inside);
    });
    if (isNamed) return true;
  }
  return false;
}

/** By the path of the file, or by that of its folder. */
function names(text: string, inside: string): boolean {
  const folder = inside.slice(0, -basename(inside).length);
  return text.includes(inside) || text.includes(folder);
}

/** Whether a text has a name that is no part of a longer one. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + word.length);
    if (!/[\w.-]/.test(around)) return true;
  }
  return false;
}
