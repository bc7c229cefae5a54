/** What rules say that look for packages without a version. */
import type { Match } from '../../core/rule.ts';
import type { ShellWord } from '../../dockerfile/shell.ts';

/** One match for each command that installs some; names that the shell fills in may hold a version. */
export function* unpinned(
  commands: readonly (readonly ShellWord[])[],
  pinned: (name: string) => string,
): Iterable<Match<undefined>> {
  for (const packages of commands) {
    const words = packages.filter(({ literal }) => literal);
    const [first] = words;
    const last = words.at(-1);
    if (!first || !last) continue;
    const names = words.map(({ text }) => text).join(', ');
    yield {
      span: { start: first.start, end: last.end },
      data: undefined,
      message: `Whichever version of ${names} is newest on the day of the build comes in. Name the one that you tested, such as ${pinned(first.text)}.`,
    };
  }
}
