/** What `!reset` and `!override` do in the second of two files. */
import type { Row } from './row.ts';

/** As `docker compose config` shows it. */
export const tags: readonly Row[] = [
  {
    what: '!override replaces a mapping',
    earlier: 'environment: {A: a}',
    later: 'environment: !override {B: b}',
    key: 'environment',
    merged: { B: 'b' },
  },
  {
    what: '!override replaces a list',
    earlier: 'ports: ["80:80"]',
    later: 'ports: !override ["81:81"]',
    key: 'ports',
    merged: ['81:81'],
  },
  {
    what: '!override replaces another kind',
    earlier: 'deploy: {replicas: 1}',
    later: 'deploy: !override [a]',
    key: 'deploy',
    merged: ['a'],
  },
  {
    what: '!reset takes away',
    earlier: 'ports: ["80:80"]',
    later: 'ports: !reset []',
    key: 'ports',
    merged: undefined,
  },
  {
    what: '!reset takes away one key',
    earlier: 'environment: {A: a, B: b}',
    later: 'environment: {A: !reset null}',
    key: 'environment',
    merged: { B: 'b' },
  },
  {
    what: '!reset finds no key in a list',
    earlier: 'environment: [A=a]',
    later: 'environment: {A: !reset null, B: b}',
    key: 'environment',
    merged: { A: 'a', B: 'b' },
  },
  {
    what: '!reset finds a name in a list of networks',
    earlier: 'networks: [x, y]',
    later: 'networks: {x: !reset null}',
    key: 'networks',
    merged: { y: null },
  },
  {
    what: '!reset takes an own item away',
    earlier: 'volumes: ["one:/a"]',
    later: 'volumes: [!reset "two:/b", "three:/c"]',
    key: 'volumes',
    merged: ['one:/a', 'three:/c'],
  },
  {
    what: '!reset inside of what is new',
    earlier: 'user: a',
    later: 'deploy: {labels: !reset {a: b}, replicas: 2}',
    key: 'deploy',
    merged: { replicas: 2 },
  },
  {
    what: '!reset inside of !override is not looked at',
    earlier: 'deploy: {mode: a}',
    later: 'deploy: !override {labels: !reset {a: b}, replicas: 2}',
    key: 'deploy',
    merged: { labels: { a: 'b' }, replicas: 2 },
  },
];
