/** Versions of base images that nobody mends any more: what their makers say, looked up in November 2026. */
import { parseImage } from '../compose/image.ts';
import { shortPath } from './image-contents.ts';

/** The state of the table, for people; each date in it is before this one. */
export const AS_OF = 'November 2026';

interface Line {
  readonly image: string;
  /** What runs in it. */
  readonly title: string;
  /** By version, as tags begin: `18` is 18, 18.20 and 18-alpine, and not 180. */
  readonly ended: Readonly<Record<string, string>>;
}

/** The month in which the support of its makers ended, without what one can buy. */
const lines: readonly Line[] = [
  {
    image: 'alpine',
    title: 'Alpine',
    ended: {
      '3.15': '2023-11',
      '3.16': '2024-05',
      '3.17': '2024-11',
      '3.18': '2025-05',
      '3.19': '2025-11',
      '3.20': '2026-04',
    },
  },
  {
    image: 'debian',
    title: 'Debian',
    ended: {
      '8': '2020-06',
      jessie: '2020-06',
      '9': '2022-06',
      stretch: '2022-06',
      '10': '2024-06',
      buster: '2024-06',
      '11': '2026-08',
      bullseye: '2026-08',
    },
  },
  {
    image: 'ubuntu',
    title: 'Ubuntu',
    ended: {
      '16.04': '2021-04',
      xenial: '2021-04',
      '18.04': '2023-05',
      bionic: '2023-05',
      '20.04': '2025-05',
      focal: '2025-05',
    },
  },
  { image: 'centos', title: 'CentOS', ended: { '6': '2020-11', '7': '2024-06', '8': '2021-12' } },
  {
    image: 'node',
    title: 'Node.js',
    ended: {
      '12': '2022-04',
      '14': '2023-04',
      '16': '2023-09',
      '18': '2025-04',
      '20': '2026-04',
    },
  },
  {
    image: 'python',
    title: 'Python',
    ended: {
      '2': '2020-01',
      '3.6': '2021-12',
      '3.7': '2023-06',
      '3.8': '2024-10',
      '3.9': '2025-10',
    },
  },
  {
    image: 'php',
    title: 'PHP',
    ended: { '7': '2022-11', '8.0': '2023-11', '8.1': '2025-12' },
  },
  {
    image: 'ruby',
    title: 'Ruby',
    ended: { '2': '2023-03', '3.0': '2024-04', '3.1': '2025-03', '3.2': '2026-03' },
  },
  { image: 'openjdk', title: 'This build of OpenJDK', ended: { '': '2022-07' } },
];

const byImage = new Map(lines.map((line) => [line.image, line]));

export interface Ended {
  /** `Debian 10`. */
  readonly title: string;
  /** `June 2024`. */
  readonly since: string;
}

/** Undefined where the image is supported, or nothing is known of it. */
export function endOfLifeOf(reference: string): Ended | undefined {
  if (reference.includes('$')) return undefined;
  const { repository, tag } = parseImage(reference);
  const line = byImage.get(shortPath(repository));
  if (!line || tag === undefined) return undefined;
  // Behind the version stand the system and its variant: node:22-bullseye is Node.js 22.
  const [first = ''] = tag.split('-');
  const version = Object.keys(line.ended).find((one) => isOf(first, one));
  const since = version === undefined ? undefined : line.ended[version];
  if (version === undefined || since === undefined) return undefined;
  return { title: `${line.title} ${version}`.trim(), since: monthOf(since) };
}

const isOf = (part: string, version: string): boolean =>
  version === '' || part === version || part.startsWith(`${version}.`);

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function monthOf(since: string): string {
  const [year = '', month = ''] = since.split('-');
  return `${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}
