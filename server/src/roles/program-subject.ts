/** A service as those see it who know programs. */
import type { HostMount } from '../compose/host-mounts.ts';
import type { Build } from '../compose/model.ts';
import type { Entry, MapValue } from '../compose/value.ts';
import type { FileFacts } from '../project/files.ts';

export interface ProgramSubject {
  /** The image that runs, or that the build starts from. */
  readonly program: string | undefined;
  readonly build: Build | undefined;
  /** In long forms and with Compose's defaults. */
  readonly canonical: MapValue;
  readonly find: (...path: readonly string[]) => Entry | undefined;
  readonly facts: { readonly hostMounts: () => readonly HostMount[] };
  readonly files: FileFacts;
}
