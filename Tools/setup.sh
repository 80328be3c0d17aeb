#!/bin/sh
# Installs the system libraries that aekit is built on, where they are missing: Debian's and Ubuntu's packages. Needs root or sudo for that.
set -eu

packages="libhdf5-dev libpng-dev zlib1g-dev nettle-dev liblapacke-dev libarpack2-dev libyaml-dev libcairo2-dev fonts-dejavu-core pkg-config"
[ "${1:-}" != "--tests" ] || packages="$packages python3-venv strace"

missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "installing$missing" >&2
if [ "$(id -u)" = 0 ]; then run=; else run=sudo; fi
$run apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq $missing >/dev/null
