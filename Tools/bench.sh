#!/bin/sh
# Measures training and reconstruction, ours and PyTorch's and ONNX Runtime's in turn, and prints medians, spread and ratios; then how our cost
# grows with the work, and what whole processes take.
#
# usage: Tools/bench.sh [--data FOLDER] [--peers | --growth [options]]
# options: those of Tests/Oracle/bench.py or bench_growth.py, such as --networks conv:2 --rounds 5 --json bench.json
set -eu
cd "$(dirname "$0")/.."

data=${AEKIT_DATA:-data/mnist}
if [ "${1:-}" = --data ]; then
    data=${2:?"bench.sh: --data needs a folder"}
    shift 2
fi
[ -d "$data" ] || { echo "bench.sh: $data: no such folder; Tools/fetch-mnist.sh makes it, or --data names another" >&2; exit 66; }
parts="bench bench_growth"
case ${1:-} in
--peers) parts=bench; shift ;;
--growth) parts=bench_growth; shift ;;
esac

Tools/test.sh --only-setup
swift build -c release --static-swift-stdlib >&2
for part in $parts; do
    .build/venv/bin/python -B -W ignore "Tests/Oracle/$part.py" --tools "$(swift build -c release --static-swift-stdlib --show-bin-path)" --data "$data" "$@"
done
