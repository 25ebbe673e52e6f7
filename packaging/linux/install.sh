#!/bin/sh
# Installs Standpoint for one person, without root: sh install.sh [--prefix FOLDER]   (default: ~/.local)
# Everything that is written is listed; uninstall.sh removes exactly that, and nothing of the libraries or settings.
set -eu
umask 022
prefix=${XDG_PREFIX:-$HOME/.local}
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=$2; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    *) echo "usage: install.sh [--prefix FOLDER]" >&2; exit 2 ;;
  esac
done
case $prefix in /*) ;; *) prefix=$(pwd)/$prefix ;; esac
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
PATH=$PATH:/usr/sbin:/sbin
lib=$prefix/lib/@PACKAGE@
list=$lib/installed-files

if [ -f "$list" ]; then
  echo "Replacing the installed version."
  sh "$lib/uninstall.sh" --quiet
fi

missing=
for row in libGL.so.1:libgl1 libEGL.so.1:libegl1 libX11.so.6:libx11-6 libfontconfig.so.1:libfontconfig1 \
  libfreetype.so.6:libfreetype6 libxcb-cursor.so.0:libxcb-cursor0 libdbus-1.so.3:libdbus-1-3 \
  libglib-2.0.so.0:libglib2.0-0 libgssapi_krb5.so.2:libgssapi-krb5-2; do
  if command -v ldconfig >/dev/null 2>&1 && ! ldconfig -p | grep -q "${row%%:*} " && [ ! -e "$here/_internal/${row%%:*}" ]; then
    missing="$missing ${row##*:}"
  fi
done
[ -z "$missing" ] || echo "Still to be installed by your system: sudo apt-get install$missing" >&2

made=$(mktemp)
trap 'rm -f "$made"' EXIT
folder() {  # makes a folder and remembers those that were not there
  [ -d "$1" ] && return
  folder "$(dirname "$1")"
  mkdir "$1"
  printf 'd %s\n' "$1" >>"$made"
}
put() {  # a file, a link or (-r) a tree
  folder "$(dirname "$2")"
  cp -RPp "$1" "$2"
  printf 'f %s\n' "$2" >>"$made"
}

folder "$lib"
for part in @PACKAGE@ @ENGINE@ _internal licences uninstall.sh; do put "$here/$part" "$lib/$part"; done
folder "$prefix/bin"
for name in @PACKAGE@ @ENGINE@; do
  ln -sf "$lib/$name" "$prefix/bin/$name"
  printf 'f %s\n' "$prefix/bin/$name" >>"$made"
done
share=$prefix/share
put "$here/share/@ID@.metainfo.xml" "$share/metainfo/@ID@.metainfo.xml"
put "$here/share/@ID@.xml" "$share/mime/packages/@ID@.xml"
put "$here/share/@PACKAGE@.1" "$share/man/man1/@PACKAGE@.1"
for size in 16 24 32 48 64 128 256 512; do
  put "$here/share/@PACKAGE@-$size.png" "$share/icons/hicolor/${size}x$size/apps/@ID@.png"
done
put "$here/share/@PACKAGE@.svg" "$share/icons/hicolor/scalable/apps/@ID@.svg"
folder "$share/applications"
entry=$share/applications/@ID@.desktop
quoted=$(printf '%s' "$lib/@PACKAGE@" | sed 's/[&|\\]/\\&/g')
sed "s|^Exec=@PACKAGE@|Exec=\"$quoted\"|" "$here/share/@ID@.desktop" >"$entry"
printf 'f %s\n' "$entry" >>"$made"
cp "$made" "$list"

for command in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
  if command -v "${command%% *}" >/dev/null 2>&1; then
    "${command%% *}" "${command#* }" >/dev/null 2>&1 || true
  fi
done
echo "Installed. Start it from the menu or as $prefix/bin/@PACKAGE@; remove it with: sh $lib/uninstall.sh"
