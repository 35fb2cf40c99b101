#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests: `postgres.sh start DIR` prints its DATABASE_URL, `postgres.sh stop DIR` ends it.
# Loopback only, a free port, no data kept. Exit status 3: PostgreSQL is not installed.
set -euo pipefail
action=$1 folder=$2

binaries() {
  if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; return; fi
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}
bin=$(binaries)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || exit 3

# initdb refuses root: as root, run it as the user that Debian's package makes.
as() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --clear-groups "$@"); else "$@"; fi; }

case $action in
  start)
    mkdir -p "$folder"
    [ "$(id -u)" = 0 ] && chown postgres "$folder" && chmod 711 "$(dirname "$folder")"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as "$bin/initdb" --pgdata "$folder/data" --username portal --auth trust --encoding UTF8 --locale C.UTF-8 >"$folder.log" 2>&1
    # Nothing here outlives the tests: no need to wait for the disk.
    as "$bin/pg_ctl" --pgdata "$folder/data" --wait --timeout 60 --log "$folder/server.log" --options \
      "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
      start >>"$folder.log" 2>&1
    echo "postgres://portal@127.0.0.1:$port/postgres"
    ;;
  stop)
    as "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder" "$folder.log"
    ;;
esac
