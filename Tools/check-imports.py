#!/usr/bin/env python3
"""Holds Package.swift to the imports: every target declares just what its sources import, and a library imports only rooms that stand above its own.

    swift package dump-package | Tools/check-imports.py      prints what is wrong, a line each; exits 1 where something is
"""
import json
import re
import sys
from pathlib import Path

# The rooms of Sources, from the ground up: a library imports from its own and from those before it.
ROOMS = ["System", "Formats", "Compute", "Data", "Files", "Runs", "Pictures", "CommandLine"]
IMPORT = re.compile(r"^(?:@\w+(?:\(\w+\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|var|let|typealias)\s+)?(\w+)", re.M)
# What the toolchain itself brings.
SYSTEM = {"Dispatch", "Foundation", "Glibc", "Musl", "Darwin", "Synchronization", "Testing", "XCTest", "PackageDescription", "Swift"}


def folder(target):
    return Path(target.get("path") or (("Tests/" if target["type"] == "test" else "Sources/") + target["name"]))


def declared(target):
    names = set()
    for dependency in target["dependencies"]:
        names.add(next(iter(dependency.values()))[0])
    return names


def imported(target):
    names = set()
    for path in sorted(folder(target).rglob("*.swift")):
        names |= set(IMPORT.findall(re.sub(r"//[^\n]*", "", path.read_text())))
    return names - SYSTEM - {target["name"]}


def room(target):
    parts = folder(target).parts
    return ROOMS.index(parts[1]) if parts[0] == "Sources" and parts[1] in ROOMS else None


def main():
    targets = {target["name"]: target for target in json.load(sys.stdin)["targets"]}
    problems = []
    for name, target in targets.items():
        if target["type"] in ("system", "plugin") or not any(folder(target).rglob("*.swift")):
            continue
        # Tests run the tools: those they depend on are built, not imported.
        tools = {other for other in declared(target) if targets.get(other, {}).get("type") == "executable"}
        uses, has = imported(target), declared(target) - tools
        problems += [f"{name}: imports {other}, which Package.swift does not say" for other in sorted(uses - has - tools)]
        problems += [f"{name}: does not import {other}, which Package.swift says" for other in sorted(has - uses)]
        for other in sorted(uses):
            if room(target) is not None and other in targets and (room(targets[other]) or 0) > room(target):
                problems.append(f"{name}: imports {other}, which stands in a room above it")
    print("\n".join(problems) if problems else f"{len(targets)} targets import what they say")
    sys.exit(bool(problems))


main()
