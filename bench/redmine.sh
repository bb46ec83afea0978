#!/usr/bin/env bash
# Sets Debian's Redmine up for a comparison and serves it: bench/redmine.sh PORT, until it is stopped. Needs root and apt.
# 1,000 invented issues, signed in, puma with 2 workers of 5 threads, SQLite: as the package makes it. Its address is printed when it answers.
# Without Redmine: a loud line and the exit code 3; nothing is said beside it then.
set -euo pipefail
port=${1:?port}
here=$(cd "$(dirname "$0")" && pwd)
missing() { echo "!!! 没有 Redmine 可比：$1" >&2; exit 3; }

if ! dpkg -s redmine >/dev/null 2>&1; then
  [ "$(id -u)" = 0 ] || missing "安装它要 root（apt-get install redmine redmine-sqlite puma）。"
  apt-cache show redmine >/dev/null 2>&1 || missing "这台机器的 apt 里没有 redmine 包。"
  log=$(mktemp)
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redmine redmine-sqlite puma ruby-sqlite3 >"$log" 2>&1; then
    # the package's own script may ask `bundle install --local` for gems that Debian does not ship as files; a lock is all it needs
    script=/var/lib/dpkg/info/redmine.postinst
    [ -f "$script" ] || { tail -5 "$log" >&2; missing "apt-get 没有装上。"; }
    sed -i 's/bundle install --local/bundle lock --local/' "$script"
    DEBIAN_FRONTEND=noninteractive dpkg --configure -a >>"$log" 2>&1 || { tail -20 "$log" >&2; missing "安装脚本失败。"; }
  fi
fi
command -v puma >/dev/null || missing "没有 puma。"

# without a timeout its SQLite answers 32 readers with errors instead of letting them wait for each other
grep -q '^  timeout:' /etc/redmine/default/database.yml || echo '  timeout: 20000' >>/etc/redmine/default/database.yml

export X_DEBIAN_SITEID=default RAILS_ENV=production RAILS_LOG_LEVEL=error
cd /usr/share/redmine
bin/rails runner "$here/redmine.rb" >&2 || missing "放不进示例数据。"
exec puma --environment production --workers 2 --threads 5:5 --bind "tcp://127.0.0.1:$port" --silent config.ru
