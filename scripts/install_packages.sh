#!/bin/sh
# Installs the packages of packages.txt that are not there yet: "build" for the program, "build test" for its tests too.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
wanted=$(awk -v groups=" $* " '/^# \[/ { gsub(/[#\[\] ]/, ""); on = index(groups, " " $0 " "); next } /^[^#]/ && on' "$here/packages.txt")
missing=""
for package in $wanted; do
    case "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)" in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "these packages are missing and neither root nor sudo is at hand:$missing" >&2; exit 1; }
    as_root="sudo"
fi
echo "installing:$missing"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
