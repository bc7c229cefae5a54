// What `dockwright check` should reach, as ratios to others in the same run. The README says where each comes from.
import { judge } from '../goals.mjs';

/** A process may use so much memory, whatever it checks. */
const MAX_RSS_MIB = 200;

/** [what, our case, how many times, the case that it is compared with], all by wall time. */
const ratios = [
  ['--version', 'ours --version', 1.25, 'node -e 0'],
  ['--version', 'ours --version', 0.45, 'dclint --help'],
  ['9 clean services, cold', 'ours, 9 services', 0.35, 'dclint, 9 services'],
  ['9 clean services, cold', 'ours, 9 services', 2.5, 'node -e 0'],
  ['1000 services', 'ours, 1000 services', 0.11, 'dclint, 1000 services'],
  ['5000 services', 'ours, 5000 services', 5.5, 'ours, 1000 services'],
  ['5000 services', 'ours, 5000 services', 0.02, 'dclint, 5000 services'],
  ['two aliases', 'ours, 2000 services, aliases', 1.5, 'ours, 2000 services, in full'],
  ['one Dockerfile', 'ours, Dockerfile of 50', 1.7, 'node -e 0'],
  ['one Dockerfile', 'ours, Dockerfile of 50', 1, 'dockerfile-utils, Dockerfile of 50'],
  ['repository, all cores', 'ours, repository', 1, 'floor, repository'],
  ['repository, one core', 'ours, repository, one core', 1.5, 'floor, repository, one core'],
];

/** `measured(case, metric)` is a median, or undefined. */
export function judgeCli(measured) {
  const wall = (name) => measured(name, 'wallMs');
  return [
    ...ratios.map(([what, name, times, reference]) =>
      judge({
        goal: `${what} ≤ ${times} × ${reference}`,
        value: wall(name),
        reference: wall(reference),
        times,
      }),
    ),
    judge({
      goal: 'repository, all cores ≤ 1/25 of dclint and dockerfilelint together',
      value: wall('ours, repository'),
      reference: wall('dclint, repository') + wall('dockerfilelint, repository'),
      times: 1 / 25,
    }),
    judge({
      goal: `repository: MiB of the biggest process ≤ ${MAX_RSS_MIB}`,
      value: measured('ours, repository', 'rssMiB'),
      limit: MAX_RSS_MIB,
    }),
  ];
}
