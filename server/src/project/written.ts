/** What a Compose file says by itself, before it is laid over another. */
import type { ParsedFile } from '../compose/file.ts';
import { descend } from '../compose/model.ts';
import type { MapValue } from '../compose/value.ts';
import type { WrittenName } from './name.ts';

/** Whether a service says what it runs. */
export const saysWhatRuns = (map: MapValue): boolean =>
  ['image', 'build', 'provider'].some((key) => map.get(key) !== undefined);

/** The names of all services that it writes, in all its documents. */
export function serviceNames(file: ParsedFile | undefined): readonly string[] {
  return (file?.documents ?? []).flatMap((root) => {
    const services = descend(root, ['services'])?.value;
    return services?.kind === 'map' ? services.entries.map(({ key }) => key) : [];
  });
}

/** Whether every service of a file says what it runs, or whom it extends. */
export function isComplete(file: ParsedFile | undefined): boolean {
  return (file?.documents ?? []).every((root) => {
    const services = descend(root, ['services'])?.value;
    return (
      services?.kind !== 'map' ||
      services.entries.every(
        ({ value }) =>
          value.kind === 'map' && (saysWhatRuns(value) || value.get('extends') !== undefined),
      )
    );
  });
}

/** Its `name`, the last of several documents. */
export function writtenName(file: ParsedFile | undefined): WrittenName | undefined {
  const names = (file?.documents ?? []).flatMap((root) => descend(root, ['name'])?.value ?? []);
  const last = names.at(-1);
  return last?.kind === 'scalar' && last.text !== '' ? { text: last.text, place: last } : undefined;
}
