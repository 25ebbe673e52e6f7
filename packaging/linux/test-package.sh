#!/bin/sh
# Installs a .deb on an empty Debian, tries the program, removes it, and looks for what it left. As root:
#   sh test-package.sh standpoint_0.1.0_amd64.deb [PICTURE.png]
# Meant for a throw-away system (a container or a debootstrap root): packages are installed and removed.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
package=$(readlink -f "$1")
picture=${2:-/tmp/smoke.png}
work=$(mktemp -d)
fail() { echo "FAILED: $*" >&2; exit 1; }
step() { echo "== $*"; }
# Everything with the program's name in it, but what was there before (the packages themselves, a checkout).
named() { find / -xdev \( -path /proc -o -path /sys -o -path "$work" \) -prune -o -iname '*standpoint*' -print | grep -v '^/var/cache/apt/' | sort; }
named >"$work/named"

apt-get update -qq
step "install"
apt-get install -y -qq --no-install-recommends "$package" fonts-dejavu-core >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; fail install; }
du -sk /usr/lib/standpoint
apt-get install -y -qq --no-install-recommends xvfb xauth xdotool strace desktop-file-utils shared-mime-info >"$work/apt.log" 2>&1
python3=$(command -v python3 || true)
echo "Python of the system: ${python3:-none}"

HOME=$work/home; export HOME; mkdir -p "$HOME"
step "engine"
standpoint-engine --version
standpoint-engine sample "$work/library" --json
standpoint-engine search "$work/library" 'actor:Tolvik said:2024 "one in eight" OR searchlights' --json >"$work/hits.json"
grep -q '"hits"' "$work/hits.json" || fail "search gave no hits"
standpoint-engine check "$work/library"

step "window, off screen and under X, with nothing unexpected printed"
QT_QPA_PLATFORM=offscreen standpoint --smoke "$work/offscreen.png" >"$work/offscreen.out" 2>&1 || { cat "$work/offscreen.out"; fail "off screen"; }
xvfb-run -a -s "-screen 0 1400x900x24" standpoint --smoke "$picture" >"$work/x.out" 2>&1 || { cat "$work/x.out"; fail "under X"; }
for log in offscreen x; do [ ! -s "$work/$log.out" ] || { cat "$work/$log.out"; fail "unexpected output"; }; done
[ -s "$picture" ] || fail "no picture"

step "start: milliseconds from the call to a window whose title names the opened library (the first one is cold)"
cat >"$work/start.sh" <<'START'
for try in 1 2 3 4 5; do
  before=$(date +%s%N)
  standpoint "$1" & program=$!
  tries=0
  until xdotool search --all --onlyvisible --pid $program --name 'Strait.* Standpoint' >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 600 ] || { echo "no window"; exit 1; }
    sleep 0.05
  done
  echo "$((($(date +%s%N) - before) / 1000000))"
  sleep 1
  kill $program; wait $program 2>/dev/null || true
done
START
xvfb-run -a -s "-screen 0 1400x900x24 -noreset" sh "$work/start.sh" "$work/library" >"$work/starts" || { cat "$work/starts"; fail start; }
echo $(cat "$work/starts")
slowest=$(tail -n +2 "$work/starts" | sort -n | tail -n 1)
[ "$slowest" -lt 2000 ] || fail "a warm start took $slowest ms"

step "no network"
if unshare -n true 2>/dev/null; then
  QT_QPA_PLATFORM=offscreen unshare -n standpoint --smoke "$work/alone.png" || fail "without a network"
fi
QT_QPA_PLATFORM=offscreen strace -f -qq -e trace=network -o "$work/strace.txt" standpoint --smoke "$work/traced.png" || true
# Sending and connecting, that is; a library may look whether this machine could speak IPv6 (a bind to ::1).
if grep -E '(connect|send[a-z]*)\(.*AF_INET' "$work/strace.txt" >"$work/calls.txt"; then head "$work/calls.txt"; fail "network calls"; fi
echo "connections: 0; internet sockets: $(grep -c 'socket(AF_INET' "$work/strace.txt" || true); calls: $(wc -l <"$work/strace.txt")"

step "a missing library is said, not suffered"
if [ -e /usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0 ]; then
  mv /usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0 "$work/"
  code=0; QT_QPA_PLATFORM=xcb standpoint >"$work/missing.out" 2>&1 || code=$?
  mv "$work/libxcb-cursor.so.0" /usr/lib/x86_64-linux-gnu/
  grep -q "libxcb-cursor0" "$work/missing.out" || { cat "$work/missing.out"; fail "no message about a missing library"; }
  [ "$code" = 69 ] || fail "exit code $code"
fi

step "file type"
XDG_DATA_DIRS=/usr/share; export XDG_DATA_DIRS
grep -q "application/vnd.standpoint.library" /usr/share/applications/mimeinfo.cache || fail "file association"

step "remove"
find "$HOME" "$work/library" | sort >"$work/before"
apt-get purge -y -qq standpoint >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; fail purge; }
left=$(named | comm -13 "$work/named" -)
[ -z "$left" ] || fail "left behind: $left"
[ "$(grep -c standpoint /usr/share/applications/mimeinfo.cache || true)" = 0 ] || fail "file association left behind"
find "$HOME" "$work/library" | sort | cmp - "$work/before" || fail "the user's files changed"
echo "== all passed"
