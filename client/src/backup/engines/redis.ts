/** Redis and Valkey: a point-in-time RDB file, taken over the wire by the service's own client. */
import { type BackupEngine, imageIsOneOf } from '../engine.ts';

/**
 * The client writes to a fresh file in the container, because on standard output it appends the end mark of a diskless
 * sync, and because the file can then be checked before it is sent. It runs beside a waiting shell, which removes the
 * file however it ends: a shell that runs a program in front of it does not hear a TERM before that program is done.
 */
const THROUGH_FILE = `
umask 077
echo "dockwright-pid $$" >&2
if [ -z "\${REDISCLI_AUTH:-}" ]; then
  if [ -n "\${REDIS_PASSWORD_FILE:-}" ]; then REDISCLI_AUTH="$(cat "$REDIS_PASSWORD_FILE")" || exit 78
  else REDISCLI_AUTH="\${REDIS_PASSWORD:-}"; fi
fi
if [ -n "$REDISCLI_AUTH" ]; then export REDISCLI_AUTH; else unset REDISCLI_AUTH; fi
child=
file="$(mktemp "\${TMPDIR:-/tmp}/dockwright-XXXXXX")" || exit 73
trap 'rm -f "$file"' EXIT
trap '[ -z "$child" ] || kill "$child"; exit 143' TERM INT HUP
"$1" --rdb "$file" >&2 & child=$!
wait "$child" || exit
child=
check="$(command -v redis-check-rdb || command -v valkey-check-rdb || :)"
if [ -n "$check" ]; then "$check" "$file" >&2 || exit; fi
cat "$file" & child=$!
wait "$child"`;

export const redis: BackupEngine = {
  id: 'redis',
  title: 'Redis or Valkey',
  extension: '.rdb',
  tools: ['redis-cli', 'valkey-cli'],

  detects: ({ image }) => imageIsOneOf(image, ['redis', 'valkey', 'keydb']),

  planBackup: (tool) => ({
    argv: ['sh', '-c', THROUGH_FILE, 'dockwright', tool],
    // RDB files are compressed already.
    pack: 'none',
    proof: { head: /^(REDIS|VALKEY)/ },
  }),

  explain: (stderr) => {
    if (/NOAUTH|WRONGPASS|AUTH failed|invalid password/i.test(stderr)) {
      return 'Redis wants a password, and the container does not hold the right one. Give this service the variable REDISCLI_AUTH with the password, and recreate the container.';
    }
    if (/NOPERM/i.test(stderr)) {
      return 'The Redis user may not take a copy. Allow it +sync, +replconf and +ping.';
    }
    if (/Could not connect|Connection refused|LOADING/i.test(stderr)) {
      return 'Redis in the container does not answer yet. Wait until the service is healthy, then try again.';
    }
    return undefined;
  },
};
