#!/bin/sh
# Runs a command with DATABASE_URL naming a PostgreSQL database: the one that it names already, or a throw-away cluster.
# PostgreSQL refuses to run as root, so for root the cluster belongs to the user `postgres`.
set -eu

if [ -n "${DATABASE_URL:-}" ]; then exec "$@"; fi

binaries() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1; }

if [ -z "$(binaries)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL with apt-get"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
fi
bin=$(binaries)
if [ -z "$bin" ]; then
    echo "No PostgreSQL was found in /usr/lib/postgresql. Install Debian's package postgresql, or set DATABASE_URL."
    exit 1
fi

folder=$(mktemp -d /tmp/almanac-postgres-XXXXXX)
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as_owner() { (cd / && su postgres -s /bin/sh -c "$*"); }
else
    as_owner() { sh -c "$*"; }
fi
# A port that is free now; the cluster listens on this machine only.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

stop() {
    as_owner "$bin/pg_ctl -D $folder/data -m immediate stop" >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner "$bin/initdb -D $folder/data -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8" >/dev/null
# Durability is worth nothing in a cluster that lives for minutes; unless it is what is measured: DURABLE=1.
[ -n "${DURABLE:-}" ] && flushing=on || flushing=off
as_owner "$bin/pg_ctl -D $folder/data -w -l $folder/log -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=$flushing -c full_page_writes=$flushing -c synchronous_commit=$flushing -c max_connections=200' start" >/dev/null
echo "PostgreSQL runs on port $port in $folder"
DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"
