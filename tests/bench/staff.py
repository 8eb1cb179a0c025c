#!/usr/bin/env python3
"""How long the pages of the staff area take when many people signed up for one event.

    python3 tests/bench/staff.py [--people 100 10000] [--folder /dev/shm]

Needs the release builds of `centre` and `form-server` (or the programs at CENTRE and FORM_SERVER_BIN). Every page stands beside an
answer of the same server that asks the store nothing.
"""

import argparse
import email
import email.policy
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
EVENT = "den-na-otvorenite-vrati-2027"
NOW = "2026-11-24T09:00:00+02:00"
COORDINATOR = "coordinator@example.org"
ROUNDS = 11


class Server:
    """Site and forms in one process, and one connection to it that stays open."""

    def __init__(self, program: str, folder: pathlib.Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            listen = f"127.0.0.1:{free.getsockname()[1]}"
        self.mail = folder / "mail"
        settings = {
            "FORMS_BUNDLE": str(folder / "dist/forms"),
            "SITE_DIR": str(folder / "dist/site"),
            "DATA_DIR": str(folder / "data"),
            "MAIL_TRANSPORT": f"file:{self.mail}",
            "STAFF": f"{COORDINATOR}:coordinator",
            "RATE_LIMITS": "off",
            "LISTEN": listen,
        }
        keys = subprocess.run([program, "keys", "new"], capture_output=True, text=True, check=True).stdout
        settings |= dict(line.split("=", 1) for line in keys.splitlines() if "=" in line and not line.startswith("#"))
        self.process = subprocess.Popen([program, "serve"], env=os.environ | settings, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.connection = http.client.HTTPConnection(listen, timeout=60)
        self.cookies = {}
        deadline = time.monotonic() + 30
        while True:
            try:
                self.connection.connect()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def ask(self, method: str, path: str, body: str = "", **headers: str):
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body.encode(), headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.read().decode()

    def press(self, path: str, page: str, **fields: str):
        """Sends a form with the token that the page has."""
        token = re.search(r'name="_token" value="([^"]+)"', page)
        fields |= {"_token": token[1]} if token else {}
        body = urllib.parse.urlencode(fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self.ask("POST", path, body, **headers)

    def sign_in(self):
        self.press("/staff/sign-in", self.ask("GET", "/staff/sign-in")[1], email=COORDINATOR)
        mail = self.mails(lambda mail: mail["To"] == COORDINATOR, 1)[0]
        link = re.search(r"/staff/sign-in/[0-9a-f]{64}", mail.get_body(("plain",)).get_content())[0]
        self.press(link, self.ask("GET", link)[1])

    def mails(self, wanted, number: int):
        """Waits for as many mails of a kind."""
        read, found = set(), []
        deadline = time.monotonic() + 300
        while len(found) < number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(found)} mails of {number}")
            time.sleep(0.1)
            for file in set(self.mail.glob("*.eml")) - read:
                read.add(file)
                mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                if wanted(mail):
                    found.append(mail)
        return found

    def sign_up(self, people: int):
        for number in range(people):
            answers = {"name": f"Посетител {number}", "email": f"visitor{number}@example.org", "party": "1"}
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"visitor-{number}"}
            status, said = self.ask("POST", f"/forms/{EVENT}", json.dumps(answers), **headers)
            assert status == 201, said
        # What the server does by the way would be in the times.
        self.mails(lambda mail: True, people)

    def median(self, ask) -> tuple[float, float]:
        """The first time and the median of the others, in milliseconds."""
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            status, said = ask()
            times.append((time.perf_counter() - begin) * 1000)
            assert status == 200, said
        return times[0], statistics.median(times[1:])

    def stop(self):
        self.process.kill()
        self.process.wait()


def site(folder: pathlib.Path, centre: str, people: int):
    for name in ["content", "themes"]:
        shutil.copytree(REPOSITORY / name, folder / name)
    file = folder / "content/events" / f"{EVENT}.md"
    file.write_text(re.sub(r"capacity: .*", f"capacity: {people}", file.read_text()))
    subprocess.run([centre, "build", "--root", folder, "--now", NOW, "--no-compress"], check=True, capture_output=True)


def measure(people: int, folder: pathlib.Path, centre: str, program: str):
    site(folder, centre, people)
    server = Server(program, folder)
    try:
        server.sign_up(people)
        server.sign_in()
        door = f"/staff/events/{EVENT}/check-in"
        # Nothing was opened yet: whoever is at the door first waits for all names.
        begin = time.perf_counter()
        page = server.ask("GET", door)[1]
        cold = (time.perf_counter() - begin) * 1000
        asked = {
            "nothing of the store": lambda: server.ask("GET", "/staff/sign-in"),
            "today": lambda: server.ask("GET", "/staff/"),
            "event, first page": lambda: server.ask("GET", f"/staff/events/{EVENT}"),
            "event, last page": lambda: server.ask("GET", f"/staff/events/{EVENT}?page={people // 50}"),
            "event, one name": lambda: server.press(f"/staff/events/{EVENT}", page, q=f"Посетител {people - 1}"),
            "door": lambda: server.ask("GET", door),
            "door, one name": lambda: server.press(door, page, q=f"Посетител {people - 1}"),
        }
        times = {name: server.median(ask) for name, ask in asked.items()}
        times["door, the first time after a start"] = (cold, cold)
    finally:
        server.stop()
    floor = times["nothing of the store"][1]
    print(f"\n{people:,} registrations for one event\n\n| | first, ms | median, ms | of an answer without the store |\n| --- | ---: | ---: | ---: |")
    for name, (first, median) in times.items():
        print(f"| {name} | {first:.1f} | {median:.1f} | {median / floor:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/dev/shm"))
    arguments = parser.parse_args()
    centre = os.environ.get("CENTRE", str(REPOSITORY / "target/release/centre"))
    program = os.environ.get("FORM_SERVER_BIN", str(REPOSITORY / "target/release/form-server"))
    for people in arguments.people:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            measure(people, pathlib.Path(folder), centre, program)


if __name__ == "__main__":
    main()
