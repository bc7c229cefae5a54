/** What a user reads when something is our fault. */
import type { Io } from './io.ts';
import { printable } from './terminal.ts';

/** One line that says what to do; the stack only with DOCKWRIGHT_DEBUG=1. */
export function tellCrash(error: unknown, where: string, io: Pick<Io, 'env' | 'err'>): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  io.err(
    `dockwright: a mistake of ours${where === '' ? '' : ` in ${where}`} (${printable(what)}). ` +
      'Please report it with the file that shows it: https://github.com/dockwright/dockwright/issues ' +
      '(DOCKWRIGHT_DEBUG=1 adds details).\n',
  );
  if (io.env['DOCKWRIGHT_DEBUG'] === '1' && error instanceof Error)
    io.err(`${error.stack ?? ''}\n`);
}
