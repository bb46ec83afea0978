#!/usr/bin/env bash
# Runs the tests that touch the database on a throw-away PostgreSQL: tests/postgres.sh [pytest arguments].
# The cluster lives in a temporary folder, listens on loopback at a port of its own, and is gone afterwards, whatever happens.
# Without PostgreSQL: a loud line and success; with REQUIRE_PG=1 (what .ci/run sets): a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

find_programs() {
  for folder in "${PG_BIN:-}" /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    if [ -n "$folder" ] && [ -x "$folder/initdb" ]; then echo "$folder"; return; fi
  done
}

programs=$(find_programs)
if [ -z "$programs" ]; then
  echo "!!! 没有找到 PostgreSQL（initdb）：数据库测试只在 SQLite 上跑过。装上 postgresql-15，或用 PG_BIN=目录 指出它在哪里。" >&2
  [ "${REQUIRE_PG:-0}" = 1 ] && exit 1
  exit 0
fi

# initdb refuses to run as root
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

folder=$(mktemp -d /tmp/luoshi-pg.XXXXXX)
stop() { as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT INT TERM
[ "$(id -u)" = 0 ] && chown postgres "$folder"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd /
as_owner "$programs/initdb" -D "$folder/data" -U luoshi --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o \
  "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
  start >/dev/null || { cat "$folder/log" >&2; exit 1; }
as_owner "$programs/createdb" -h 127.0.0.1 -p "$port" -U luoshi luoshi
cd "$OLDPWD"

export LUOSHI_DATABASE="postgresql://luoshi@127.0.0.1:$port/luoshi" LUOSHI_TEST_PG=1
if [ "${1:-}" = "--" ]; then shift; "$@"; exit; fi   # tests/postgres.sh -- COMMAND: anything else beside such a database
[ $# -gt 0 ] || set -- tests/store tests/actions tests/web tests/api tests/cli
.venv/bin/pytest "$@"
