// The measurements of language servers as Markdown: who took how long, and how we stand to each of them.
import { short, table } from '../statistics.mjs';

const timings = {
  'init ms': 'initializeMs',
  'open ms': 'openFirstMs',
  'edit p50': 'editP50Ms',
  'edit p95': 'editP95Ms',
  'CPU/edit': 'editCpuMs',
  'burst settle': 'burstSettleMs',
  'reopen ms': 'reopenMs',
  'delay ms': 'fixedDelayMs',
  'open MiB': 'rssOpenMiB',
  'peak MiB': 'peakRssMiB',
};

/** Ratios of these say nothing. */
const counts = {
  edits: 'editCount',
  'burst reports': 'burstReports',
  findings: 'openItems',
  'others %': 'othersPercent',
};

const requests = {
  'key → completion p50': 'typeP50Ms',
  p95: 'typeP95Ms',
  'hover p50': 'hoverP50Ms',
  'hover p95': 'hoverP95Ms',
  'hover found': 'hoverFound',
  'completion p50': 'completionP50Ms',
  'completion p95': 'completionP95Ms',
  'symbols p50': 'symbolsP50Ms',
  'hover in burst': 'burstHoverMs',
};

/** One document: `servers` is name → { metric → { median, min, max } }. */
export function documentReport(title, servers) {
  return [
    `### ${title}`,
    serverTable(servers, { ...timings, ...counts }, timings),
    ...(Object.values(servers).some(({ typeP50Ms }) => typeP50Ms)
      ? [serverTable(servers, requests, {})]
      : []),
  ].join('\n\n');
}

function serverTable(servers, columns, compared) {
  const metrics = Object.values(columns);
  const rows = Object.entries(servers).map(([name, measured]) => [
    name,
    ...metrics.map((metric) => spread(measured[metric])),
  ]);
  const ratios = Object.entries(servers)
    .filter(([name]) => name !== 'ours' && Object.keys(compared).length > 0)
    .map(([name, measured]) => [
      `ours ÷ ${name}`,
      ...metrics.map((metric) =>
        Object.values(compared).includes(metric)
          ? ratio(servers.ours[metric], measured[metric])
          : '',
      ),
    ]);
  return table(['server', ...Object.keys(columns)], [...rows, ...ratios]);
}

function spread(measured) {
  if (!measured) return '–';
  const { median, min, max } = measured;
  return min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
}

const ratio = (ours, theirs) => (ours && theirs ? short(ours.median / theirs.median) : '–');

/** Our own server, edited in each way there is: rows of { size, kind, way, metrics, samples, wrong }. */
export function kindsReport(rows) {
  const cells = rows.map(({ size, kind, way, metrics, samples, wrong }) => [
    size,
    kind,
    way,
    ...[metrics.editP50Ms, metrics.editP95Ms, metrics.editMaxMs, metrics.editCpuMs].map(short),
    metrics.editCount,
    metrics.unchangedReports,
    metrics.editOutdated,
    `${wrong} of ${samples}`,
  ]);
  const head = ['services', 'what is edited', 'diagnostics', 'p50', 'p95', 'max', 'CPU/edit'];
  return [
    '### Ours, by kind of edit',
    table([...head, 'edits', '"unchanged"', 'outdated', 'wrong'], cells),
  ].join('\n\n');
}
