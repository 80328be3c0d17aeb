#!/bin/sh
# Measures training and reconstruction, ours and PyTorch's and ONNX Runtime's in turn, and prints medians, spread and ratios.
#
# usage: Tools/bench.sh [--data FOLDER] [options of Tests/Oracle/bench.py, such as --networks conv:2 --rounds 5 --json bench.json]
set -eu
cd "$(dirname "$0")/.."

data=${AEKIT_DATA:-data/mnist}
if [ "${1:-}" = --data ]; then
    data=${2:?"bench.sh: --data needs a folder"}
    shift 2
fi
[ -d "$data" ] || { echo "bench.sh: $data: no such folder; Tools/fetch-mnist.sh makes it, or --data names another" >&2; exit 66; }

Tools/test.sh --only-setup
swift build -c release --static-swift-stdlib >&2
exec .build/venv/bin/python -B Tests/Oracle/bench.py --tools "$(swift build -c release --show-bin-path)" --data "$data" "$@"
