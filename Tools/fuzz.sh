#!/bin/sh
# Feeds a parser with inputs that libFuzzer makes up, under AddressSanitizer: Tools/fuzz.sh verifier [EXECUTIONS]
# Inputs that brought something new are kept in .build/fuzz/verifier/corpus; one that made a crash is left in .build/fuzz/verifier.
set -eu
cd "$(dirname "$0")/.."

[ "${1:-}" = verifier ] || { echo "usage: Tools/fuzz.sh verifier [EXECUTIONS]" >&2; exit 64; }
executions=${2:-1000000}
root=$PWD
folder=$root/.build/fuzz/verifier
mkdir -p "$folder/corpus"
cd "$folder"

# compile NAME SOURCE...: a library with a module, built to be fuzzed. Checksums count as right, for a fuzzer cannot guess them.
compile() {
    name=$1
    shift
    swiftc -swift-version 6 -O -g -parse-as-library -sanitize=fuzzer,address -D AEKIT_FUZZING -I "$root/Sources/CNettle" -I . \
        -emit-module -emit-library -static -module-name "$name" -o "lib$name.a" "$@"
}
compile SystemFiles "$root"/Sources/SystemFiles/*.swift
compile HDF5Verifier "$root"/Sources/HDF5Verifier/*.swift
swiftc -swift-version 6 -O -g -parse-as-library -sanitize=fuzzer,address -use-ld=lld -I "$root/Sources/CNettle" -I . -L . \
    "$root/Tests/Fuzz/verifier.swift" -lHDF5Verifier -lSystemFiles -lnettle -o fuzz

# A file to begin with, of most kinds of structures.
python=$root/.build/venv/bin/python
[ -x "$python" ] || python=python3
"$python" "$root/Tests/Fixtures/h5py_subset.py" corpus/seed.h5 10
exec ./fuzz -runs="$executions" -max_len=16384 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 corpus
