#!/bin/sh
# As the official image does, where the tests care: the MARIADB_* variables (or their older MYSQL_* names, or *_FILE)
# make a database on the first start, and a user for the health check.
set -e

note() { echo "[Note] [Entrypoint]: $*"; }

# setting NAME: the value of MARIADB_NAME, of MYSQL_NAME, or what stands in the file that *_FILE names.
setting() {
  for prefix in MARIADB MYSQL; do
    eval "value=\${${prefix}_$1:-} file=\${${prefix}_$1_FILE:-}"
    [ -z "$file" ] || value=$(cat "$file")
    if [ -n "$value" ]; then
      printf '%s' "$value"
      return
    fi
  done
}

# A quote in a password must not end the SQL string.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g")"; }

# mariadbd --bootstrap reads one statement a line.
first_statements() {
  echo 'FLUSH PRIVILEGES;'
  [ -z "$database" ] || echo "CREATE DATABASE IF NOT EXISTS \`$database\`;"
  if [ -n "$user" ]; then
    echo "CREATE USER $(quoted "$user")@'%' IDENTIFIED BY $(quoted "$password");"
    [ -z "$database" ] || echo "GRANT ALL ON \`$database\`.* TO $(quoted "$user")@'%';"
  fi
  for host in localhost 127.0.0.1 ::1; do
    echo "CREATE USER 'healthcheck'@'$host' IDENTIFIED BY $(quoted "$health_password");"
  done
  # The installer leaves roots without a password behind, which the official image does not.
  for host in 127.0.0.1 ::1 "$(hostname)"; do echo "DROP USER IF EXISTS 'root'@'$host';"; done
  echo "CREATE USER 'root'@'%' IDENTIFIED BY $(quoted "$root_password");"
  echo "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
  echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $(quoted "$root_password");"
}

initialize() {
  root_password=$(setting ROOT_PASSWORD)
  if [ -z "$root_password$(setting ALLOW_EMPTY_ROOT_PASSWORD)$(setting ALLOW_EMPTY_PASSWORD)" ]; then
    echo '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified' >&2
    exit 1
  fi
  database=$(setting DATABASE) user=$(setting USER) password=$(setting PASSWORD)
  health_password=$(head -c 24 /dev/urandom | base64 | tr -d '/+=')
  note 'Initializing database files'
  mariadb-install-db --user=mysql --datadir=/var/lib/mysql --auth-root-authentication-method=normal \
    --skip-test-db >/dev/null
  first_statements | mariadbd --no-defaults --user=mysql --datadir=/var/lib/mysql --bootstrap
  (
    umask 077
    printf '[mariadb-client]\nuser=healthcheck\npassword=%s\n' "$health_password" >/var/lib/mysql/.my-healthcheck.cnf
  )
  chown mysql:mysql /var/lib/mysql/.my-healthcheck.cnf
  note 'MariaDB init process done. Ready for start up.'
}

case "$1" in
  -*) set -- mariadbd "$@" ;;
esac
if [ "$1" = mariadbd ]; then
  mkdir -p /run/mysqld
  chown mysql:mysql /run/mysqld /var/lib/mysql
  [ -d /var/lib/mysql/mysql ] || initialize
  shift
  exec mariadbd --user=mysql "$@"
fi
exec "$@"
