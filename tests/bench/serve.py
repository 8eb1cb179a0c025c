#!/usr/bin/env python3
"""How long after a save `centre serve` shows the fresh page, and how long until everything else is right, too.

    python3 tests/bench/serve.py [--pages 1000 10000] [--saves 20] [--folder /dev/shm]

Needs the release build of `centre` (or the program at CENTRE).
"""

import argparse
import http.client
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

import sites

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-23T09:00:00+02:00"
SEED = 7
CHANGED = "stranitsa-0"
PATIENCE = 30


class Preview:
    """A preview of a site, and one connection to it that stays open."""

    def __init__(self, centre: str, root: pathlib.Path):
        command = [centre, "serve", "--root", root, "--now", NOW, "--lang", "en", "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.fullmatch(r"http://(127\.0\.0\.1:\d+)/\n", line):
                break
        self.connection = http.client.HTTPConnection(found[1], timeout=PATIENCE)

    def get(self, path: str) -> str:
        self.connection.request("GET", path)
        return self.connection.getresponse().read().decode()

    def until_shown(self, path: str, word: str) -> float:
        """Asks for a page until it has a word; the time of the answer that had it."""
        begin = time.perf_counter()
        while word not in self.get(path):
            if time.perf_counter() - begin > PATIENCE:
                raise TimeoutError(f"{path} does not show {word}")
            time.sleep(0.001)
        return time.perf_counter()

    def stop(self):
        self.process.kill()
        self.process.wait()


def measure(pages: int, saves: int, folder: pathlib.Path, centre: str):
    root = folder / "centre"
    sites.centre(REPOSITORY, root, pages, SEED, "centre")
    file = root / "content" / "news" / f"{CHANGED}.md"
    good = file.read_text()
    preview = Preview(centre, root)
    fresh, settled = [], []
    try:
        for number in range(saves):
            word, year = f"Прясна{number}", 2030 + number
            text = re.sub(r"^title: .*$", f'title: "{word}"', good, flags=re.M)
            text = re.sub(r"^date: .*$", f"date: {year}-01-01", text, flags=re.M)
            begin = time.perf_counter()
            file.write_text(text)
            fresh.append(preview.until_shown(f"/novini/{CHANGED}/", word) - begin)
            # There is a list for a year only when the whole site was made again.
            settled.append(preview.until_shown(f"/novini/{year}/", word) - begin)
    finally:
        preview.stop()
    print(f"| {pages} | {row(fresh)} | {row(settled)} |", flush=True)


def row(times: list) -> str:
    return f"{statistics.median(times) * 1000:.0f} | {max(times) * 1000:.0f}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--pages", type=int, nargs="+", default=[1000, 10000])
    arguments.add_argument("--saves", type=int, default=20)
    arguments.add_argument("--folder", default="/dev/shm")
    chosen = arguments.parse_args()
    centre = os.environ.get("CENTRE", str(REPOSITORY / "target" / "release" / "centre"))
    print("| pages | page fresh: median, ms | worst | everything: median, ms | worst |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for pages in chosen.pages:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            measure(pages, chosen.saves, pathlib.Path(folder), centre)


main()
