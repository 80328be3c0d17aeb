#!/bin/sh
# Sets itself up and runs all tests: in release, for the kernels are made for it. The oracles' Python packages go to .build/venv.
#
# usage: Tools/test.sh [--only-setup | options of swift test, such as --filter LayersTests]
set -eu
cd "$(dirname "$0")/.."
Tools/setup.sh --tests

stamp=.build/venv/requirements.txt
if ! cmp -s Tests/requirements.txt "$stamp"; then
    echo "making .build/venv for the oracles (PyTorch, h5py, Pillow ...)" >&2
    python3 -m venv .build/venv
    .build/venv/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
    cp Tests/requirements.txt "$stamp"
fi
[ "${1:-}" != --only-setup ] || exit 0

swift build -c release --build-tests
swift test -c release --skip-build "$@"
