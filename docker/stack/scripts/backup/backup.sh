#!/bin/sh
# Nightly backup: packs the database directory and the app, drops what is too old.
set -eu

stamp=$(date +%Y%m%d-%H%M%S)
keep=${RETENTION_DAYS:-7}

tar -czf "/backups/db-$stamp.tar.gz" -C /var/lib/mysql .
tar -czf "/backups/app-$stamp.tar.gz" -C /app .

find /backups -name '*.tar.gz' -mtime "+$keep" -exec rm -f {} \;

echo "$stamp backup done" >> /backups/backup.log
