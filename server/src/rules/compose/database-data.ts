/** Where the databases of a project keep their data, for rules about backups of it. */
import type { DataMount } from '../../compose/facts/data-mounts.ts';
import { labelsOf } from '../../compose/canonical/read.ts';
import { dataMountIn } from '../../roles/data-folder.ts';
import type { ServiceSubject } from '../subject.ts';

/** The mount of its data folder; undefined for what is no running database server with one. */
export function dataOf(service: ServiceSubject): DataMount | undefined {
  if (service.job || !service.complete) return undefined;
  return dataMountIn(service.facts.dataMounts(), service.program);
}

/** Whether a label of it says that something backs it up: an agent that reads labels, or a job run in it. */
export const isLabelledForBackup = ({ canonical, find }: ServiceSubject): boolean =>
  find('labels') !== undefined &&
  labelsOf(canonical).some(({ name, value }) =>
    /backup|dump|restic|borg|snapshot/i.test(`${name} ${value?.value ?? ''}`),
  );
