/** Whether the lists of packages that a RUN loads are of any use in it. */
import { packageCallOf } from './packages.ts';
import type { PlacedCall } from './package-runs.ts';
import { mountsOver, nameOf } from './runs.ts';
import { programIn, type ShellCommand } from './shell.ts';

const FOLDER = /^\/var\/(lib\/apt|cache\/(apk|yum|t?dnf|libdnf5|zypp))/;

/**
 * Something may use the lists that an update loads: in a cache they are for later RUNs, and a script behind it may
 * install whatever it likes.
 */
export function usesLists({ run, index, command }: PlacedCall): boolean {
  return (
    command.conditional ||
    mountsOver(run.instruction, FOLDER) ||
    run.commands.slice(index + 1).some((later) => !isWithoutPackages(later))
  );
}

/** Programs that stand beside an update, and need no lists. */
const OTHERS =
  /^(:|true|set|export|cd|echo|printf|rm|mkdir|touch|cp|mv|ln|chmod|chown|cat|ls|sed|date|tee|find|apt-key|add-apt-repository|groupadd|useradd|addgroup|adduser)$/;

function isWithoutPackages(command: ShellCommand): boolean {
  const does = packageCallOf(command)?.does;
  if (does !== undefined) return /^(update|clean|remove)$/.test(does);
  const program = programIn(command.words)?.[0];
  return program === undefined || OTHERS.test(nameOf(program));
}
