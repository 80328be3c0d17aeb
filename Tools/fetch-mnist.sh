#!/bin/sh
# Downloads MNIST's four files to a folder (data/mnist unless named), checks what they hold, and replaces each in one step.
# Files that are already right stay. AEKIT_MNIST_MIRRORS: other addresses to take them from, separated by spaces.
set -eu

fail() {
    echo "fetch-mnist.sh: $1" >&2
    exit "${2:-74}"
}

case "${1:-}" in
-h | --help)
    echo "usage: Tools/fetch-mnist.sh [FOLDER]   (data/mnist unless named)"
    exit 0
    ;;
-*) fail "unknown option $1; usage: Tools/fetch-mnist.sh [FOLDER]" 64 ;;
esac
[ $# -le 1 ] || fail "more than one folder; usage: Tools/fetch-mnist.sh [FOLDER]" 64

folder=${1:-data/mnist}
mirrors=${AEKIT_MNIST_MIRRORS:-https://ossci-datasets.s3.amazonaws.com/mnist https://storage.googleapis.com/cvdf-datasets/mnist}

if command -v curl >/dev/null; then
    download() { curl --fail --silent --location --connect-timeout 20 --retry 2 --output "$2" "$1"; }
elif command -v wget >/dev/null; then
    download() { wget --quiet --timeout=20 --tries=3 --output-document="$2" "$1"; }
else
    fail "neither curl nor wget is here" 69
fi
if command -v sha256sum >/dev/null; then
    sha256() { sha256sum; }
else
    sha256() { shasum -a 256; }
fi

# right FILE SHA256: whether what FILE unpacks to has that checksum.
right() {
    [ -f "$1" ] && gzip -t "$1" 2>/dev/null && [ "$(gzip -dc "$1" | sha256 | cut -d ' ' -f 1)" = "$2" ]
}

# fetch NAME SHA256
fetch() {
    if right "$folder/$1" "$2"; then
        echo "$folder/$1: already here"
        return
    fi
    reason="could not be downloaded"
    for mirror in $mirrors; do
        if download "${mirror%/}/$1" "$partial"; then
            if right "$partial" "$2"; then
                mv -f "$partial" "$folder/$1" || fail "$folder/$1: cannot be written" 73
                echo "$folder/$1: downloaded"
                return
            fi
            reason="what was downloaded is not MNIST's file (wrong SHA-256)"
        fi
    done
    fail "$1: $reason; tried: $mirrors"
}

mkdir -p "$folder" 2>/dev/null || fail "$folder: cannot be made" 73
# Beside the files, so that moving it into place is one step.
partial=$(mktemp "$folder/.fetch.XXXXXX" 2>/dev/null) || fail "$folder: cannot be written" 73
chmod 644 "$partial"
trap 'rm -f "$partial"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fetch train-images-idx3-ubyte.gz ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db
fetch train-labels-idx1-ubyte.gz 65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5
fetch t10k-images-idx3-ubyte.gz 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
fetch t10k-labels-idx1-ubyte.gz ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2
