// What the language server should reach, as ratios to others in the same run. The README says where each comes from.
import { judge } from '../goals.mjs';

/** Our own wait after a key, at most. */
const DELAY_MS = 50;

/** From how many services on these goals hold: a table by size. */
const bySize = {
  firstOfFloor: { 9: 2, 100: 1.5, 1000: 1.3, 5000: 1.3 },
  cpuOfFloor: { 1000: 0.25, 5000: 0.2 },
  peakOfYaml: { 9: 0.8, 100: 0.9, 1000: 0.6, 5000: 0.55 },
  typingOfCompose: { 9: 1, 100: 0.5, 1000: 0.2, 5000: 0.1 },
  firstOfFloorDockerfile: { 50: 1.2, 500: 1.8, 5000: 2.2 },
  cpuOfFloorDockerfile: { 50: 1.7, 500: 1.1, 5000: 0.5 },
};

/** `measured(language, size, server, metric)` is a median, or undefined; `sizes` are { dockercompose, dockerfile }. */
export function judgeServer(measured, sizes, extra) {
  return [
    ...startGoals(measured, sizes),
    ...sizes.dockercompose.flatMap((size) => composeGoals(measured, size)),
    ...growthGoals(measured, sizes, extra),
    ...sizes.dockerfile.flatMap((size) => dockerfileGoals(measured, size)),
    judge({
      goal: 'server bundle, KiB ≤ 3 × floor',
      value: extra.serverKiB,
      reference: extra.floorKiB,
      times: 3,
    }),
  ];
}

function startGoals(measured, { dockercompose, dockerfile }) {
  const medians = (server) =>
    [...dockercompose.map((size) => ['dockercompose', size])]
      .concat(dockerfile.map((size) => ['dockerfile', size]))
      .map(([language, size]) => measured(language, size, server, 'initializeMs'))
      .filter(Number.isFinite);
  const mean = (server) => {
    const all = medians(server);
    return all.length > 0 ? all.reduce((sum, one) => sum + one, 0) / all.length : undefined;
  };
  const value = mean('ours');
  return [
    judge({
      goal: 'initialize ≤ dockerfile-ls',
      value,
      reference: mean('dockerfile-ls'),
      times: 1,
    }),
    judge({ goal: 'initialize ≤ 1.15 × floor', value, reference: mean('floor'), times: 1.15 }),
  ];
}

function composeGoals(measured, size) {
  const of = (server, metric) => measured('dockercompose', size, server, metric);
  const against = (what, metric, server, times) =>
    times === undefined
      ? []
      : [
          judge({
            goal: `${size} services: ${what} ≤ ${times} × ${server}`,
            value: of('ours', metric),
            reference: of(server, metric),
            times,
          }),
        ];
  return [
    ...against('first diagnostics', 'openFirstMs', 'floor', bySize.firstOfFloor[size]),
    judge({
      goal: `${size} services: burst settles ≤ ${DELAY_MS} ms + 2 edits' CPU`,
      value: of('ours', 'burstSettleMs'),
      limit: DELAY_MS + 2 * of('ours', 'editCpuMs'),
    }),
    ...against('peak memory', 'peakRssMiB', 'floor', 1.2),
    ...against('memory after opening', 'rssOpenMiB', 'floor', 1.15),
    ...against('peak memory', 'peakRssMiB', 'yaml-ls', bySize.peakOfYaml[size]),
    ...against('CPU of an edit', 'editCpuMs', 'floor', bySize.cpuOfFloor[size]),
    ...featureGoals(of, against, size),
  ];
}

/** Goals of features: only for those that we have. */
function featureGoals(of, against, size) {
  const when = (metric, goals) => (of('ours', metric) === undefined ? [] : goals());
  return [
    ...when('typeP95Ms', () =>
      against('key to completion p95', 'typeP95Ms', 'compose-ls', bySize.typingOfCompose[size]),
    ),
    ...when('hoverP50Ms', () => [
      ...against('hover p50', 'hoverP50Ms', 'compose-ls', size === 1000 ? 0.17 : undefined),
      ...against('hover p50', 'hoverP50Ms', 'yaml-ls', size === 1000 ? 0.016 : undefined),
      judge({
        goal: `${size} services: hover p50 ≤ 1 ms`,
        value: of('ours', 'hoverP50Ms'),
        limit: 1,
      }),
    ]),
    ...when('completionP50Ms', () => [
      ...against(
        'completion p50',
        'completionP50Ms',
        'compose-ls',
        size === 1000 ? 0.5 : undefined,
      ),
      judge({
        goal: `${size} services: completion p50 ≤ 3 ms`,
        value: of('ours', 'completionP50Ms'),
        limit: 3,
      }),
    ]),
    ...when('symbolsP50Ms', () =>
      against('symbols p50', 'symbolsP50Ms', 'yaml-ls', size === 1000 ? 1 : undefined),
    ),
    ...when('burstHoverMs', () => [
      judge({
        goal: `${size} services: hover behind a burst ≤ 2 edits' CPU + ${DELAY_MS} ms`,
        value: of('ours', 'burstHoverMs'),
        limit: DELAY_MS + 2 * of('ours', 'editCpuMs'),
      }),
    ]),
  ];
}

function growthGoals(measured, { dockercompose }, { kinds }) {
  const of = (size, server, metric) => measured('dockercompose', size, server, metric);
  const has = (...sizes) => sizes.every((size) => dockercompose.includes(size));
  const when = (condition, goals) => (condition ? goals() : []);
  const edit = (goal, size, reference, times) =>
    judge({ goal, value: of(size, 'ours', 'editP95Ms'), reference, times });
  return [
    ...when(has(1000), () => {
      const peers = ['compose-ls', 'yaml-ls'].map((server) => of(1000, server, 'editP95Ms'));
      const faster = Math.min(...peers.map((one) => one ?? Infinity));
      return [edit('1000 services: edit p95 ≤ 1/20 of the faster peer', 1000, faster, 1 / 20)];
    }),
    ...when(has(9, 5000), () => [
      edit('edit p95 at 5000 services ≤ 3 × at 9', 5000, of(9, 'ours', 'editP95Ms'), 3),
      ...kinds.names.map((kind) =>
        judge({
          goal: `edit p95 at 5000 services ≤ 3 × at 9: ${kind}`,
          value: kinds.p95(kind, 5000),
          reference: kinds.p95(kind, 9),
          times: 3,
        }),
      ),
    ]),
    ...dockercompose.slice(0, 1).flatMap((size) => delayGoals(of, size)),
    ...Object.entries({
      'diagnostics after edits that a fresh server would not give': kinds.wrong,
      'diagnostics after edits that carry an older version': kinds.outdated,
    }).map(([goal, value]) => judge({ goal, value, limit: 0 })),
  ];
}

/** In the smallest file there is nearly nothing but the delay. */
function delayGoals(of, size) {
  return [
    judge({
      goal: `our own delay ≤ ${DELAY_MS} ms`,
      value: of(size, 'ours', 'fixedDelayMs'),
      limit: DELAY_MS,
    }),
    judge({
      goal: `${size} services: edit p50 ≤ 0.3 × yaml-ls`,
      value: of(size, 'ours', 'editP50Ms'),
      reference: of(size, 'yaml-ls', 'editP50Ms'),
      times: 0.3,
    }),
  ];
}

function dockerfileGoals(measured, size) {
  const of = (server, metric) => measured('dockerfile', size, server, metric);
  const against = (what, metric, server, times) =>
    judge({
      goal: `${size} instructions: ${what} ≤ ${times} × ${server}`,
      value: of('ours', metric),
      reference: of(server, metric),
      times,
    });
  const first = bySize.firstOfFloorDockerfile[size];
  const cpu = bySize.cpuOfFloorDockerfile[size];
  return [
    ...(first ? [against('first diagnostics', 'openFirstMs', 'floor', first)] : []),
    against('first diagnostics', 'openFirstMs', 'dockerfile-ls', 1),
    ...(cpu ? [against('CPU of an edit', 'editCpuMs', 'floor', cpu)] : []),
    ...(size === 5000 ? [against('burst settles', 'burstSettleMs', 'dockerfile-ls', 0.05)] : []),
  ];
}
