/** What can go wrong with a backup, and what to tell a person about it. A failed backup leaves no file. */
import { type Advice, describeEngineFailure, type EngineFailure } from '../docker/failure.ts';

export type BackupFailure =
  | { readonly kind: 'notRunning'; readonly container: string; readonly state: string }
  | { readonly kind: 'toolMissing'; readonly container: string; readonly tools: readonly string[] }
  | {
      readonly kind: 'toolFailed';
      readonly tool: string;
      readonly exitCode: number;
      readonly words: string;
      readonly explanation?: string;
    }
  | { readonly kind: 'incomplete'; readonly tool: string }
  | { readonly kind: 'cannotWrite'; readonly folder: string; readonly reason: string }
  | { readonly kind: 'diskFull'; readonly folder: string }
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'engine'; readonly failure: EngineFailure };

const OUTPUT = { title: 'Show Output', command: 'dockwright.showOutput' };
const SETTINGS = { title: 'Open Settings', command: 'dockwright.openSettings' };

/** What happened, why, and what to do; `undefined` for a cancel, which is no failure. */
export function describeBackupFailure(failure: BackupFailure): Advice | undefined {
  if (failure.kind === 'cancelled') return undefined;
  if (failure.kind === 'engine') return describeEngineFailure(failure.failure);
  return { message: `No backup was written. ${sentence(failure)}`, button: buttonOf(failure) };
}

type Told = Exclude<BackupFailure, { kind: 'cancelled' | 'engine' }>;

function sentence(failure: Told): string {
  switch (failure.kind) {
    case 'notRunning':
      return `The container ${failure.container} is ${failure.state}, and only a running database can be asked for its data. Start the service, then try again.`;
    case 'toolMissing':
      return `The container ${failure.container} has none of ${failure.tools.join(', ')}. Use an image that has one of them.`;
    case 'toolFailed':
      return (
        failure.explanation ??
        `${failure.tool} ended with exit code ${failure.exitCode}: ${failure.words || 'it said nothing'}. Put that right, then try again.`
      );
    case 'incomplete':
      return `What ${failure.tool} sent is not a whole backup: its end is missing. Look at the service's log, then try again.`;
    case 'noFolder':
      return 'There is no place for it. Open a folder, or set dockwright.backup.folder to an absolute path.';
    case 'cannotWrite':
      return `${failure.folder} cannot be written: ${failure.reason}. Choose another folder in dockwright.backup.folder, or change its rights.`;
    case 'diskFull':
      return `The disk that holds ${failure.folder} is full. Make room, or choose another folder in dockwright.backup.folder.`;
  }
}

const HELPED_BY_SETTINGS: readonly BackupFailure['kind'][] = [
  'cannotWrite',
  'diskFull',
  'noFolder',
];

function buttonOf({ kind }: Told): NonNullable<Advice['button']> {
  return HELPED_BY_SETTINGS.includes(kind) ? SETTINGS : OUTPUT;
}

/** A failure of the file system while writing below `folder`. */
export function writeFailure(error: unknown, folder: string): BackupFailure {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'diskFull', folder };
  return { kind: 'cannotWrite', folder, reason: code ?? message };
}
