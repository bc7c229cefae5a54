/**
 * Gives a copy of the sample stack the bulk of a real build context: what lies about in a project
 * and has no business in an image. `node test/setup/bulk.mjs DIRECTORY [MEGABYTES]`
 */
import { Buffer } from 'node:buffer';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
const mebibyte = 1024 * 1024;

/** A stretch of each kind of content is made once; files are cut out of it at differing places. */
const stretch = 2 * mebibyte;

/** The same numbers each time (mulberry32): two runs must write the same bytes. */
function seeded(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Lines up to the length of one stretch. */
function lines(random, line) {
  const parts = [];
  for (let length = 0; length < stretch; length += parts.at(-1).length) parts.push(line(random));
  return Buffer.from(parts.join('').slice(0, stretch), 'latin1');
}

function noise(random) {
  const buffer = Buffer.alloc(stretch);
  for (let at = 0; at < stretch; at += 4) buffer.writeUInt32LE(random(2 ** 32), at);
  return buffer;
}

const pick = (random, ...words) => words[random(words.length)];

const contents = {
  /** What is packed already, as Git's objects and pictures are, and cannot be packed again. */
  packed: noise,
  script: (random) =>
    lines(random, (next) => {
      const name = pick(next, 'village', 'market', 'unit', 'report', 'player');
      return `export function ${name}${next(9999)}(value) { return value * ${next(997)} + ${next(89)}; }\n`;
    }),
  php: (random) =>
    lines(random, (next) => {
      const name = pick(next, 'Village', 'Market', 'Unit', 'Report', 'Player');
      return `    public function get${name}${next(9999)}(): int { return $this->values[${next(512)}]; }\n`;
    }),
  log: (random) =>
    lines(random, (next) => {
      const time = `${10 + next(14)}:${10 + next(50)}:${10 + next(50)}`;
      const path = pick(next, '/', '/health', '/village', '/map', '/report');
      const status = pick(next, 200, 200, 200, 304, 404, 502);
      return `10.0.${next(8)}.${next(256)} - - [12/Mar/2025:${time} +0100] "GET ${path}?id=${next(90000)} HTTP/1.1" ${status} ${next(60000)}\n`;
    }),
  sql: (random) =>
    lines(random, (next) => {
      const name = pick(next, 'Northgate', 'Fjordby', 'Kale', 'Barbarian village');
      return `INSERT INTO villages VALUES (${next(1e7)},${next(1e5)},'${name}',${next(1000)},${next(1000)},${next(12000)});\n`;
    }),
};

const hex = (value, width) => value.toString(16).padStart(width, '0');
const modules = ['lodash', 'moment', 'jquery', 'bootstrap', 'webpack', 'postcss', 'sass', 'vue'];
const vendors = ['symfony/console', 'monolog/monolog', 'guzzlehttp/guzzle', 'doctrine/dbal'];

/**
 * The parts of the bulk: how much of the whole, how large a file may be in KiB, and its name.
 * Git's folder gets no HEAD, so that no Git program takes it for a (damaged) repository.
 */
const parts = [
  [
    0.24,
    [4096, 32768],
    'packed',
    (n, id) => `.git/objects/pack/pack-${hex(id, 8)}${hex(n, 8)}.pack`,
  ],
  [0.04, [1, 8], 'packed', (n, id) => `.git/objects/${hex(n % 256, 2)}/${hex(id, 8)}${hex(n, 30)}`],
  [
    0.22,
    [1, 40],
    'script',
    (n) => `app/node_modules/${modules[n % 8]}-${n >> 6}/dist/part-${n}.js`,
  ],
  [0.1, [2, 24], 'php', (n) => `app/vendor/${vendors[n % 4]}/src/Part${n >> 6}/File${n}.php`],
  [0.05, [1, 64], 'php', (n, id) => `app/var/cache/${hex(n % 256, 2)}/${hex(id, 8)}-${n}.php`],
  [0.07, [64, 900], 'packed', (n) => `app/public/uploads/2025/picture-${n}.jpg`],
  [0.12, [1024, 16384], 'log', (n) => `logs/access.log.${n}`],
  [0.16, [65536, 131072], 'sql', (n) => `backup/twlan-full-${n}.sql`],
];

/** One file of exactly `size` bytes, all of them written: a hole would cost no time to copy. */
function writeFile(path, content, from, size) {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  try {
    for (let done = 0, at = from; done < size; at = 0) {
      done += writeSync(file, content, at, Math.min(content.length - at, size - done));
    }
  } finally {
    closeSync(file);
  }
}

function refuseUnfit(directory, megabytes) {
  if (!Number.isFinite(megabytes) || megabytes <= 0) {
    throw new RangeError(`The size must be a number of megabytes above 0, not ${megabytes}.`);
  }
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`${directory} is not a directory. Copy docker/stack first, and name the copy.`);
  }
  const path = relative(realpathSync(project), realpathSync(directory));
  if (!path.startsWith('..') && !isAbsolute(path)) {
    throw new Error(
      `${directory} lies in the project. Copy docker/stack elsewhere, and name the copy.`,
    );
  }
  const git = join(directory, '.git');
  if (existsSync(join(git, 'HEAD')) || statSync(git, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(
      `${directory} is a Git repository. Its objects would be mixed with invented ones.`,
    );
  }
}

/**
 * Writes exactly `megabytes` MiB (500 by default) of files into `directory`, the same bytes each
 * time. Throws, before anything is written, on a directory inside the project or a repository.
 *
 * @param {string} directory an existing copy of docker/stack
 * @param {{ megabytes?: number }} [options]
 * @returns {{ files: number, bytes: number }} what was written
 */
export function writeBulk(directory, { megabytes = 500 } = {}) {
  refuseUnfit(directory, megabytes);
  const total = Math.round(megabytes * mebibyte);
  const random = seeded(2025);
  const made = {};
  let files = 0;
  let bytes = 0;
  let share = 0;
  for (const [part, [least, most], kind, name] of parts) {
    const content = (made[kind] ??= contents[kind](random));
    share += part;
    // Shares are summed, so that rounding never adds up, and the last part ends at the total.
    const end = Math.min(total, Math.round(total * share));
    for (let n = 0; bytes < end; n += 1, files += 1) {
      const size = Math.min(end - bytes, (least + random(most - least)) * 1024);
      writeFile(join(directory, name(n, random(2 ** 32))), content, random(stretch), size);
      bytes += size;
    }
  }
  return { files, bytes };
}

function main([directory, megabytes = '500', ...rest]) {
  if (directory === undefined || rest.length > 0) {
    console.error('Usage: node test/setup/bulk.mjs DIRECTORY [MEGABYTES]');
    return 2;
  }
  try {
    const { files, bytes } = writeBulk(directory, { megabytes: Number(megabytes) });
    console.log(`Wrote ${files} files, ${(bytes / mebibyte).toFixed(1)} MiB, into ${directory}.`);
    return 0;
  } catch (error) {
    console.error(error.message);
    return 2;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
