#!/bin/sh
# As the official image does: options alone start the server, and the server does not run as root.
set -e
case "$1" in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  chown -R redis:redis /data
  exec setpriv --reuid=999 --regid=999 --clear-groups "$@"
fi
exec "$@"
