#!/bin/sh
# Flips every single bit of a small checkpoint, and cuts it at every length: none may be taken for valid, and none may crash. Takes some minutes.
#
# usage: Tools/flips.sh [FILE]      (Tests/Fixtures/schema-1.0/conv-1.h5 unless named)
set -eu
file=$(realpath "${1:-$(dirname "$0")/../Tests/Fixtures/schema-1.0/conv-1.h5}")
cd "$(dirname "$0")/.."
swift build -c release --product aeflips >&2
aeflips=$(swift build -c release --show-bin-path)/aeflips

parts=$(nproc)
part=0
children=
while [ "$part" -lt "$parts" ]; do
    "$aeflips" "$file" "$part" "$parts" &
    children="$children $!"
    part=$((part + 1))
done
status=0
for child in $children; do wait "$child" || status=$?; done
exit "$status"
