#!/usr/bin/env bash
# Installs the npm package into an empty folder, and uses what a user would use first.
#   bash tools/smoke.sh [TARBALL]     without a tarball it packs the program
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
leave() {
  if [ -n "${sandbox:-}" ]; then
    kill "$sandbox" 2>/dev/null || true
    wait "$sandbox" 2>/dev/null || true
  fi
  rm -rf "$place"
}
trap leave EXIT

# A run of the program keeps compiled code in dist. Only that of the build belongs into a package.
[ -n "${1:-}" ] || node tools/build.mjs >&2
tarball=${1:-$(node tools/release/npm-package.mjs "$place")}
npm install --loglevel=warn --no-audit --no-fund --prefix "$place/global" -g "$tarball" 2>&1 | tee "$place/npm.out"
if grep -q 'npm warn' "$place/npm.out"; then
  echo 'npm must not warn when it installs the package' >&2
  exit 1
fi
dmctl="$place/global/bin/dmctl"
cd "$place"

grep -q '^commander ' "$place/global/lib/node_modules/dmctl/THIRD_PARTY_LICENSES"
"$dmctl" -V | grep -q '^Release Version: v'
"$dmctl" help | grep -q 'break-ddl-lock'
[ "$("$dmctl" -decrypt "$("$dmctl" -encrypt secret)")" = secret ]

"$dmctl" sandbox --listen 127.0.0.1:0 >sandbox.out 2>&1 &
sandbox=$!
for _ in $(seq 100); do
  address=$(sed -n 's/.*listens on \([0-9.]*:[0-9]*\).*/\1/p' sandbox.out)
  [ -n "$address" ] && break
  sleep 0.1
done
"$dmctl" -master-addr "$address" query-status | grep -q '"msg": "no sub task started"'
echo 'query-status' | "$dmctl" -master-addr "$address" | grep -q 'dmctl exit'
if "$dmctl" -master-addr "$address" stop-task nosuch >/dev/null; then
  echo 'stop-task of an unknown task must fail' >&2
  exit 1
fi
du -sk "$place/global/lib/node_modules/dmctl" | awk '{ print "installed: " $1 " KiB"; if ($1 > 6144) { print "more than 6 MiB"; exit 1 } }'
echo 'the packed tarball works'
