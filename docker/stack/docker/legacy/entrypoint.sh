#!/bin/sh
# Starts the world's own database, then hands over to the web server.
set -e

DB_DIR=/opt/twlan/db
SOCKET=/opt/twlan/run/mysqld.sock

mkdir -p /opt/twlan/run
chown -R mysql:mysql "$DB_DIR" /opt/twlan/run

if [ ! -d "$DB_DIR/mysql" ]; then
    echo "First start: creating the world database"
    mariadb-install-db --user=mysql --datadir="$DB_DIR" > /opt/twlan/logs/install.log
fi

gosu mysql mariadbd --datadir="$DB_DIR" --socket="$SOCKET" --skip-networking &

tries=0
until mariadb-admin --socket="$SOCKET" ping > /dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
        echo "The world database did not start within 30 seconds" >&2
        exit 1
    fi
    sleep 1
done

exec "$@"
