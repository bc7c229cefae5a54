/** MariaDB and MySQL: the service's own dump tool, as a logical dump of everything the server holds. */
import { type BackupEngine, imageIsOneOf } from '../engine.ts';

/**
 * The password stays inside the container: it is read there, and given to the tool in its environment. A password file
 * wins, as in the images' own entrypoint. `exec` makes the tool the process whose id was printed, so that a cancel
 * reaches it.
 */
const WITH_PASSWORD = `
file="\${MARIADB_ROOT_PASSWORD_FILE:-\${MYSQL_ROOT_PASSWORD_FILE:-}}"
if [ -n "$file" ]; then MYSQL_PWD="$(cat "$file")" || exit 78
else MYSQL_PWD="\${MARIADB_ROOT_PASSWORD:-\${MYSQL_ROOT_PASSWORD:-}}"; fi
export MYSQL_PWD
echo "dockwright-pid $$" >&2
exec "$@"`;

export const mariadb: BackupEngine = {
  id: 'mariadb',
  title: 'MariaDB or MySQL',
  extension: '.sql.gz',
  tools: ['mariadb-dump', 'mysqldump'],

  detects: ({ image }) => imageIsOneOf(image, ['mariadb', 'mysql', 'percona']),

  planBackup: (tool) => ({
    argv: [
      'sh',
      '-c',
      WITH_PASSWORD,
      'dockwright',
      tool,
      '--user=root',
      // One consistent state of all InnoDB tables, without locking anybody out.
      '--single-transaction',
      '--quick',
      '--routines',
      '--triggers',
      '--events',
      '--hex-blob',
      '--default-character-set=utf8mb4',
      // Everything in one file: no gap between listing and dumping, no name becomes an argument, and accounts and
      // their rights come along.
      '--all-databases',
    ],
    pack: 'gzip',
    // Written last, and only when the tool came to its end.
    proof: { tail: /^-- Dump completed/m },
  }),

  explain: (stderr) => {
    if (/\b(1045|1044|1698|28000)\b|Access denied/i.test(stderr)) {
      return 'The database did not accept the root password that stands in the container. It was probably changed after the first start: set MARIADB_ROOT_PASSWORD (or MYSQL_ROOT_PASSWORD) of this service to the present one and recreate the container.';
    }
    if (/\b(2002|2003|2013)\b|Can't connect/i.test(stderr)) {
      return 'The database in the container does not answer. It may still be starting: wait until the service is healthy, then try again.';
    }
    return undefined;
  },
};
