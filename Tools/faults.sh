#!/bin/sh
# Kills training runs at random, fails and kills every system call of a save, and saves to full disks: no checkpoint may be lost.
#
# usage: Tools/faults.sh COUNT [kills | calls | sizes | disks ...]      (COUNT kills, and at most so many calls; all four unless named)
set -eu
case "${1:-}" in
'' | *[!0-9]*) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
cd "$(dirname "$0")/.."
Tools/test.sh --only-setup
swift build -c release --product aetrain >&2
swift build -c release --product aeinspect >&2
exec .build/venv/bin/python -B Tests/Oracle/faults.py "$(swift build -c release --show-bin-path)" "$@"
