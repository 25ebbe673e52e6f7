#!/bin/sh
# Tries the installer without root and the portable archive on an empty Debian, as an ordinary user, and looks for what
# they left or wrote elsewhere. As root (it makes the user, and installs the libraries that a desktop has):
#   sh test-archives.sh standpoint-0.1.0-linux-x86_64.run standpoint-0.1.0-linux-x86_64.tar.xz
# Meant for a throw-away system (a container or a debootstrap root).
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
run=$(readlink -f "$1")
tar=$(readlink -f "$2")
work=$(mktemp -d)
chmod 755 "$work"
fail() { echo "FAILED: $*" >&2; exit 1; }
step() { echo "== $*"; }
# Everything with the program's name in it, but what was there before (the packages themselves, a checkout).
named() { find / -xdev \( -path /proc -o -path /sys -o -path "$work" \) -prune -o -iname '*standpoint*' -print | sort; }
named >"$work/named"

step "what a desktop has"
apt-get update -qq
apt-get install -y -qq --no-install-recommends libgl1 libegl1 libx11-6 libdbus-1-3 libfontconfig1 libglib2.0-0 libbrotli1 libgssapi-krb5-2 \
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 \
  libxkbcommon-x11-0 libwayland-client0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core desktop-file-utils \
  shared-mime-info xz-utils xvfb xauth x11-utils xdotool strace >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; fail libraries; }
useradd -m -s /bin/sh reader
home=/home/reader
as_reader() { runuser -u reader -- env -i HOME=$home PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 "$@"; }
as_reader mkdir -p $home/.local/share/applications $home/Documents
as_reader sh -c 'echo "[Desktop Entry]" >~/.local/share/applications/other.desktop; echo mine >~/Documents/notes.txt'
everything() { find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path "$work" -o -path /tmp/.X11-unix \) -prune -o -print | sort; }
in_bytes() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

quiet() {  # a command that has to succeed and to print nothing
  "$@" >"$work/out" 2>&1 || { cat "$work/out"; fail "$*"; }
  [ ! -s "$work/out" ] || { cat "$work/out"; fail "unexpected output of $*"; }
}
smoke() {  # the program of a folder, off screen and under X, as the user
  rm -f $home/one.png $home/two.png
  quiet as_reader env QT_QPA_PLATFORM=offscreen "$1" --smoke $home/one.png
  quiet as_reader xvfb-run -a -s "-screen 0 1400x900x24" "$1" --smoke $home/two.png
  [ -s $home/one.png ] && [ -s $home/two.png ] || fail "no pictures"
  rm -f $home/one.png $home/two.png
}

step "the installer holds what it should"
as_reader sh "$run" --check >"$work/check" 2>&1 || { cat "$work/check"; fail "checksum"; }
everything >"$work/before"

step "install as an ordinary user"
as_reader sh "$run" --nox11 >"$work/install" 2>&1 || { cat "$work/install"; fail install; }
tail -n 1 "$work/install"
! grep -q "Still to be installed" "$work/install" || { cat "$work/install"; fail "says that libraries are missing"; }
everything | comm -13 "$work/before" - >"$work/new"
if grep -v "^$home/.local" "$work/new"; then fail "written outside ~/.local"; fi
du -sk $home/.local/lib/standpoint
smoke $home/.local/bin/standpoint
as_reader $home/.local/bin/standpoint-engine sample $home/Documents/sample >/dev/null

step "a second start raises the first window"
cat >"$work/twice.sh" <<'TWICE'
# Without a window manager the window that was raised last lies on top: a message covers all, then it must not.
"$1" "$2" & first=$!
window=$(timeout 60 xdotool search --sync --all --onlyvisible --pid $first --name Standpoint | tail -n 1)
[ -n "$window" ] || { echo "no window"; exit 1; }
sleep 3
xmessage -geometry 1400x900+0+0 "on top" 2>/dev/null & cover=$!
timeout 30 xdotool search --sync --onlyvisible --name xmessage >/dev/null
sleep 1
under() { xdotool mousemove 300 300 getmouselocation --shell | sed -n 's/^WINDOW=//p'; }
before=$(under); count=$(xdotool search --onlyvisible --name Standpoint | wc -l)
[ "$before" != "$window" ] || { echo "the cover does not cover"; exit 1; }
timeout 30 "$1" "$2" || { echo "second start: exit code $?"; exit 1; }
sleep 1
after=$(under)
[ "$after" = "$window" ] || { echo "not raised: $window, but on top $after (covered by $before)"; exit 1; }
[ "$(xdotool search --onlyvisible --name Standpoint | wc -l)" = "$count" ] || { echo "another window"; exit 1; }
kill -0 $first || { echo "the first is gone"; exit 1; }
kill $cover; kill $first; wait $first 2>/dev/null || true
TWICE
quiet as_reader xvfb-run -a -s "-screen 0 1400x900x24" sh "$work/twice.sh" $home/.local/bin/standpoint $home/Documents/sample

step "install again, then remove"
in_bytes $home/Documents >"$work/documents"
as_reader sh "$run" --nox11 >"$work/install" 2>&1 || { cat "$work/install"; fail "second install"; }
grep -q Replacing "$work/install" || fail "did not replace"
as_reader sh $home/.local/lib/standpoint/uninstall.sh >"$work/uninstall" 2>&1 || { cat "$work/uninstall"; fail uninstall; }
everything | comm -13 "$work/before" - >"$work/left"
grep -v -e "^$home/Documents/sample" -e "^$home/.config" -e "^$home/.cache" -e "^$home/.local/share/standpoint" \
  -e "^$home/.local/state" "$work/left" >"$work/ours" || true
[ ! -s "$work/ours" ] || { cat "$work/ours"; fail "left behind"; }
everything | comm -23 "$work/before" - >"$work/gone"
[ ! -s "$work/gone" ] || { cat "$work/gone"; fail "took away"; }
in_bytes $home/Documents | cmp - "$work/documents" || fail "the user's documents changed"
echo "stays, being the user's: $(sed "s|^$home/||" "$work/left" | grep -x '[^/]*/[^/]*' | sort -u | tr '\n' ' ')"

step "portable: nothing outside its folder"
# Nothing of the first part may hide what the second writes; fontconfig's cache is the system's, for all programs.
rm -rf $home/.config/standpoint $home/.cache/standpoint $home/.local/state $home/.local/share/standpoint
as_reader mkdir -p "$home/a stick"
as_reader tar -C "$home/a stick" -xf "$tar"
folder=$(echo "$home/a stick"/standpoint-*)
as_reader touch "$folder/portable.txt"
everything | grep -v "^$folder" >"$work/before"
smoke "$folder/standpoint"
quiet as_reader xvfb-run -a -s "-screen 0 1400x900x24" sh -c '"$1" & p=$!; timeout 60 xdotool search --sync --all --onlyvisible --pid $p --name Standpoint >/dev/null || echo "no window"; sleep 8; kill $p; wait $p 2>/dev/null || true' - "$folder/standpoint"
as_reader "$folder/standpoint-engine" sample "$folder/data/mine" >/dev/null
as_reader "$folder/standpoint-engine" search "$folder/data/mine" "searchlights" --json >/dev/null
everything | grep -v "^$folder" | comm -3 "$work/before" - >"$work/strayed"
[ ! -s "$work/strayed" ] || { cat "$work/strayed"; fail "written outside the portable folder"; }
find "$folder/data" -maxdepth 2 | sed "s|^$folder/||" | sort | head -n 20
as_reader env QT_QPA_PLATFORM=offscreen strace -f -qq -e trace=openat,mkdir,mkdirat,creat -o $home/trace "$folder/standpoint" \
  --smoke "$folder/data/picture.png" >/dev/null 2>&1 || fail "traced start"
grep -E 'O_CREAT|mkdir' $home/trace | grep -v -e ' = -1 ' -e "$folder" -e '"data' >"$work/elsewhere" || true
echo "files made elsewhere for a moment: $(wc -l <"$work/elsewhere")"
sed -E 's/^[0-9]+ //; s/.*"([^"]*)".*/\1/' "$work/elsewhere" | sort -u | head -n 5
rm -f $home/trace

step "removing the portable copy is removing its folder"
rm -rf "$folder"
left=$(named | comm -13 "$work/named" - |
  grep -v -e "^$home/.config" -e "^$home/.cache" -e "^$home/.local/share/standpoint" -e "^$home/.local/state" -e "^$home/Documents" || true)
[ -z "$left" ] || fail "left behind: $left"
echo "== all passed"
