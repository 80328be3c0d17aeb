#!/bin/sh
# Builds all tools for use, with the Swift library linked statically (they start in 3 ms instead of 8), and says where they are.
set -eu
cd "$(dirname "$0")/.."
Tools/setup.sh
swift build -c release --static-swift-stdlib "$@"
echo "tools: $(swift build -c release --show-bin-path)"
