/** What a Prometheus is told to scrape, read from the configuration that its service mounts. */
import { parseFile } from '../compose/file.ts';
import type { HostMount } from '../compose/host-mounts.ts';
import { parseImage } from '../compose/image.ts';
import { descend, textOf } from '../compose/model.ts';
import { wordsOf } from '../compose/told.ts';
import type { MapValue, Value } from '../compose/value.ts';
import type { Place } from '../core/source.ts';
import type { FileFacts } from './files.ts';

export interface Scrapes {
  /** Where the mount is written that brings the configuration. */
  readonly place: Place;
  /** Of the configuration: its name. */
  readonly file: string;
  readonly targets: readonly ScrapeTarget[];
}

export interface ScrapeTarget {
  readonly host: string;
  readonly port: number;
}

interface Around {
  readonly canonical: MapValue;
  readonly mounts: () => readonly HostMount[];
  readonly files: FileFacts;
}

/** Undefined for other programs, and where there is no configuration to be read. */
export function scrapesOf(
  program: string | undefined,
  { canonical, mounts, files }: Around,
): Scrapes | undefined {
  if (!program?.includes('prometheus') || parseImage(program).name !== 'prometheus')
    return undefined;
  const path = configurationIn(wordsOf(canonical)?.text ?? '');
  const mount = mounts().find(({ target }) => isBelow(target, path));
  if (!mount) return undefined;
  const file = `${mount.path}${path.slice(mount.target.replace(/\/$/, '').length)}`;
  const targets = jobsIn(file, files).flatMap(targetsOf);
  if (targets.length === 0) return undefined;
  return { place: mount.place, file: path.slice(path.lastIndexOf('/') + 1), targets };
}

function jobsIn(file: string, files: FileFacts): readonly Value[] {
  const text = files.readText(file);
  // A variable is filled in by something that is not here.
  if (text === undefined || /\$\{|\{\{/.test(text)) return [];
  const { documents, problems } = parseFile(file, text);
  const jobs = documents[0] && descend(documents[0], ['scrape_configs'])?.value;
  if (problems.length > 0 || jobs?.kind !== 'seq') return [];
  return jobs.items.map(({ value }) => value);
}

const configurationIn = (words: string): string =>
  /--config\.file[= ](\/\S+)/.exec(words)?.[1] ?? '/etc/prometheus/prometheus.yml';

const isBelow = (target: string, path: string): boolean =>
  path === target || path.startsWith(`${target.replace(/\/$/, '')}/`);

/** The static targets of a job; none where they are parameters for an exporter, and not what is scraped. */
function targetsOf(job: Value): readonly ScrapeTarget[] {
  const isProbe = /probe|snmp/.test(textOf(descend(job, ['metrics_path'])) ?? '');
  const groups = descend(job, ['static_configs'])?.value;
  if (isProbe || isRelabelled(job) || groups?.kind !== 'seq') return [];
  const port = textOf(descend(job, ['scheme'])) === 'https' ? 443 : 80;
  return groups.items.flatMap(({ value }) => {
    const list = descend(value, ['targets'])?.value;
    if (list?.kind !== 'seq') return [];
    return list.items.flatMap((item) =>
      item.value.kind === 'scalar' ? (targetIn(item.value.text, port) ?? []) : [],
    );
  });
}

function isRelabelled(job: Value): boolean {
  const steps = descend(job, ['relabel_configs'])?.value;
  return (
    steps?.kind === 'seq' &&
    steps.items.some(({ value }) => textOf(descend(value, ['target_label'])) === '__address__')
  );
}

function targetIn(text: string, standard: number): ScrapeTarget | undefined {
  const [, host, port] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return host === undefined
    ? undefined
    : { host, port: port === undefined ? standard : Number(port) };
}
