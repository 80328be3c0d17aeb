#!/bin/sh
# From a fresh clone to digits: installs the system libraries, builds, takes MNIST, trains a convolutional auto-encoder, a variational one and
# the reader, inspects and decodes.
#
# usage: Tools/demo.sh [--data FOLDER] [--output FOLDER]
set -eu
cd "$(dirname "$0")/.."

data=
output=demo
while [ $# -gt 0 ]; do
    case "$1" in
    --data) data=${2:?"demo.sh: --data needs a folder"}; shift 2 ;;
    --output) output=${2:?"demo.sh: --output needs a folder"}; shift 2 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "demo.sh: unknown option $1; try --help" >&2; exit 64 ;;
    esac
done

Tools/build.sh
PATH="$(swift build -c release --show-bin-path):$PATH"
mkdir -p "$output"

if [ -z "$data" ]; then
    if Tools/fetch-mnist.sh data/mnist; then data=data/mnist; else
        echo "demo.sh: no MNIST could be had, so these are the built-in digits" >&2
        data=synthetic
    fi
fi

run() {
    echo "\$ $*"
    "$@"
}

run aetrain --model conv --bottleneck 2 --data "$data" --force -o "$output/conv2.h5"
run aetrain --model vae --bottleneck 2 --data "$data" --force -o "$output/vae2.h5"
run aetrain --model reader --data "$data" --force -o "$output/reader.h5"
run aeinspect "$output/conv2.h5"
run aedecode "$output/conv2.h5" --medians --scale 3 -o "$output/medians.png"
run aedecode "$output/vae2.h5" --grid -o "$output/grid.png"
run aedecode "$output/vae2.h5" --random 10 --scale 3 -o "$output/random.png"

echo
echo "Look at these:"
echo "  $output/medians.png  each digit's median latent, decoded by the convolutional auto-encoder"
echo "  $output/grid.png     the variational auto-encoder's latent plane, -3 to 3"
echo "  $output/random.png   ten digits that the variational auto-encoder made up"
