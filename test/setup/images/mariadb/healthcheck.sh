#!/bin/sh
# A look-alike of the official image's health check, with the two questions that Compose files ask it.
#   healthcheck.sh --connect --innodb_initialized
query() {
  mariadb --defaults-file=/var/lib/mysql/.my-healthcheck.cnf --host=127.0.0.1 --protocol=tcp \
    --batch --skip-column-names --execute "$1"
}

[ $# -gt 0 ] || { echo 'healthcheck.sh: say what to check, for example --connect' >&2; exit 1; }
for question in "$@"; do
  case "$question" in
    --connect) query 'SELECT 1' >/dev/null || exit 1 ;;
    --innodb_initialized)
      [ "$(query "SELECT 1 FROM information_schema.ENGINES WHERE engine = 'innodb' AND support IN ('YES', 'DEFAULT')")" = 1 ] ||
        exit 1
      ;;
    *)
      echo "healthcheck.sh: unknown option $question" >&2
      exit 1
      ;;
  esac
done
