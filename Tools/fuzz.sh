#!/bin/sh
# Feeds a reader with inputs that libFuzzer makes up, under AddressSanitizer: Tools/fuzz.sh verifier|png|idx|npy [EXECUTIONS [SECONDS]]
# Inputs that brought something new are kept in .build/fuzz/NAME/corpus; one that made a crash is left in .build/fuzz/NAME.
set -eu
cd "$(dirname "$0")/.."

name=${1:-}
executions=${2:-1000000}
seconds=${3:-0}
root=$PWD
longest=16384
sources=$root/Sources
modules="-I $sources/System/CNettle -I $sources/Formats/CPNG -I $sources/Formats/CZlib"
system="-lSystemFiles -lTexts -lPlatform -lnettle"
python=$root/.build/venv/bin/python
[ -x "$python" ] || python=python3

# compile NAME SOURCE...: a library with a module, built to be fuzzed. Checksums count as right, for a fuzzer cannot guess them.
compile() {
    module=$1
    shift
    # shellcheck disable=SC2086
    swiftc -swift-version 6 -O -g -parse-as-library -sanitize=fuzzer,address -D AEKIT_FUZZING $modules -I . \
        -emit-module -emit-library -static -module-name "$module" -o "lib$module.a" "$@"
}

# oracle SCRIPT...: runs Python with the modules of Tests/Oracle, to make inputs to begin with.
oracle() {
    PYTHONPATH=$root/Tests/Oracle "$python" -B -c "$1"
}

case "$name" in
verifier | png | idx | npy) ;;
*) sed -n '2s/^# //p' "$0" >&2; exit 64 ;;
esac
mkdir -p "$root/.build/fuzz/$name/corpus"
cd "$root/.build/fuzz/$name"
for library in Platform Texts SystemFiles; do compile $library "$sources/System/$library"/*.swift; done

case "$name" in
verifier)
    libraries="-lHDF5Reader -lHDF5Types $system"
    compile HDF5Types "$sources"/Formats/HDF5Types/*.swift
    compile HDF5Reader "$sources"/Formats/HDF5Reader/*.swift
    # A small file with structures of all kinds: tens of thousands of inputs a second.
    oracle 'import forge, numpy, pathlib
from forge import Dataset, Group
root = Group("file", {"g": Group("file", {"d": Dataset(numpy.arange(3, dtype="<f4"))}), "i": Dataset(numpy.arange(2)), "t": Dataset(forge.text(["ab", "c"]))}, a=numpy.int64(1), b="text", f=numpy.float64(2))
pathlib.Path("corpus/seed.h5").write_bytes(forge.assemble(root))'
    longest=2048
    ;;
png)
    libraries="-lPNGFiles $system -lpng -lz"
    compile PNGFiles "$sources"/Formats/PNGFiles/*.swift
    oracle 'import bad_inputs, pathlib
for name, data in bad_inputs.PNGS.items(): pathlib.Path("corpus", name).write_bytes(data[:4096])'
    ;;
idx)
    libraries="-lImages $system -lz"
    # The reader alone: the rest of Images needs HDF5.
    compile Tensors "$sources"/Compute/Tensors/ImageShape.swift
    images=$sources/Data/Images
    compile Images -enable-testing "$images"/Sources/IDXFile.swift "$images"/Sources/UnpackedBytes.swift "$images"/Sources/ArrayStorage.swift "$images"/Sources/ImageAxes.swift \
        "$images"/Sources/FloatRule.swift "$images"/Opening/ImageStorage.swift "$images"/Opening/Paths.swift "$images"/ImageError.swift "$images"/Preparing/Preparation.swift \
        "$images"/Preparing/ImageSet.swift
    oracle 'import bad_inputs, pathlib
for name, data in bad_inputs.IMAGES.items(): pathlib.Path("corpus", name).write_bytes(data[:4096])'
    ;;
npy)
    libraries="-lNPYFiles $system"
    compile NPYFiles "$sources"/Formats/NPYFiles/*.swift
    oracle 'import bad_inputs, pathlib
for name, data in bad_inputs.ARRAYS.items(): pathlib.Path("corpus", name).write_bytes(data[:512])'
    longest=1024
    ;;
esac

# shellcheck disable=SC2086
swiftc -swift-version 6 -O -g -parse-as-library -sanitize=fuzzer,address -use-ld=lld $modules -I . -L . \
    "$root/Tests/Fuzz/$name.swift" $libraries -o fuzz
exec ./fuzz -runs="$executions" -max_total_time="$seconds" -max_len="$longest" -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 corpus
