#!/bin/sh
# Removes what install.sh wrote, and nothing else: libraries, settings and the log stay.
set -eu
lib=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
list=$lib/installed-files
[ -f "$list" ] || { echo "uninstall.sh: $list is missing: nothing was removed" >&2; exit 1; }
prefix=$(dirname "$(dirname "$lib")")
copy=$(mktemp)
trap 'rm -f "$copy"' EXIT
cp "$list" "$copy"
rm -f "$list"
sed -n 's/^f //p' "$copy" | while IFS= read -r path; do
  case $path in "$prefix"/*) rm -rf -- "$path" ;; *) echo "left alone: $path" >&2 ;; esac
done
share=$prefix/share
# The databases of desktop and file types are made anew; one that is empty then goes, with a folder that held only it.
if [ -d "$share/applications" ] && command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database "$share/applications" >/dev/null 2>&1 || true
  grep -qs = "$share/applications/mimeinfo.cache" || rm -f "$share/applications/mimeinfo.cache"
fi
if [ -d "$share/mime/packages" ]; then
  if [ -z "$(ls "$share/mime/packages")" ] && grep -q "^d $share/mime\$" "$copy"; then
    rm -rf -- "$share/mime"
  elif command -v update-mime-database >/dev/null 2>&1; then
    update-mime-database "$share/mime" >/dev/null 2>&1 || true
  fi
fi
sed -n 's/^d //p' "$copy" | sort -r | while IFS= read -r path; do rmdir -- "$path" 2>/dev/null || true; done
[ "${1:-}" = --quiet ] || echo "Removed. Your libraries and settings were left where they are."
