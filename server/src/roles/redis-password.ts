/** Whether a Redis, or one of its relatives, lets everybody in. */
import { parseImage } from '../compose/image.ts';
import { environmentOf } from '../compose/canonical/read.ts';
import { wordsOf } from '../compose/told.ts';
import type { MapValue } from '../compose/value.ts';
import type { ProgramSubject } from './program-subject.ts';

const SERVER = /^(redis|valkey|keydb|dragonfly|redis-stack|redis-stack-server)$/;

/** False where anything that is not to be read here may set a password. */
export function asksNobody(server: ProgramSubject): boolean {
  const { program, build, canonical, find } = server;
  // An image that is built here brings its own configuration along.
  if (program === undefined || build || !SERVER.test(parseImage(program).name)) return false;
  if (UNREAD.some((key) => find(key))) return false;
  if (hasVariable(program, canonical)) return false;
  const words = wordsOf(canonical)?.text;
  if (words === undefined) return !STARTS.some((key) => find(key));
  return isStart(words) && !LOCKED.test(words) && isOpenByFile(words, server);
}

const STARTS = ['command', 'entrypoint'];

const UNREAD = ['env_file', 'configs', 'secrets'];

/** Of the server itself: a script of somebody may do anything. */
const isStart = (words: string): boolean =>
  /^(-|\S*\.conf\b)|\b(redis|valkey|keydb)-server\b|\bdragonfly\b/.test(words);

/** There is a password, other configuration, or nobody from outside is answered. */
const LOCKED = /requirepass|aclfile|--user\b|--include\b|--bind\s+127\.|protected-mode\s+yes/;

function isOpenByFile(words: string, server: ProgramSubject): boolean {
  const path = /(?:^|\s)(\/\S+\.conf)\b/.exec(words)?.[1];
  return path === undefined ? !/\.conf\b/.test(words) : isOpenConfiguration(path, server);
}

/** Official images know no variable for it; those of Bitnami and Redis Stack do. */
function hasVariable(program: string, canonical: MapValue): boolean {
  const isOfficial = /^((docker\.io\/)?library\/)?redis(:|@|$)/.test(program);
  return environmentOf(canonical).some(
    ({ name, value }) =>
      /requirepass/i.test(`${name} ${value?.scalar.template ?? value?.value ?? ''}`) ||
      (!isOfficial && /PASSWORD(_FILE)?$/.test(name) && !name.startsWith('ALLOW_EMPTY')),
  );
}

/** Of a file in the container; false where it is not here to be read, or reads others. */
function isOpenConfiguration(path: string, { facts, files }: ProgramSubject): boolean {
  const mount = facts
    .hostMounts()
    .find(({ target }) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`));
  const target = mount?.target.replace(/\/$/, '') ?? '';
  const text = mount && files.readText(`${mount.path}${path.slice(target.length)}`);
  if (text === undefined) return false;
  return !/^[ \t]*(requirepass|user|aclfile|include|protected-mode[ \t]+yes|bind[ \t]+127\.)\b/im.test(
    text,
  );
}
