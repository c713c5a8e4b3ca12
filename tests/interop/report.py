"""What was found: a line for each check as it is made, and a table at the end."""

import json
import subprocess
import time
import traceback
from contextlib import contextmanager


class Report:
    def __init__(self):
        self._clients = []

    def of(self, client):
        self._clients.append(Checks(client))
        return self._clients[-1]

    def finish(self):
        """Prints the table; the exit code."""
        print(f"\n{'client':<14}{'checks':>8}{'failed':>8}{'seconds':>9}")
        for client in self._clients:
            print(f"{client.name:<14}{client.made:>8}{client.failed:>8}{client.seconds:>9.1f}")
        for client in self._clients:
            for failure in client.failures:
                print(f"FAILED {client.name}: {failure}")
        return 1 if any(client.failed for client in self._clients) or not self._clients else 0


class Checks:
    """The checks of one client."""

    def __init__(self, name):
        self.name = name
        self.made = 0
        self.failures = []
        self._began = time.monotonic()
        self._last = self._began

    @property
    def failed(self):
        return len(self.failures)

    @property
    def seconds(self):
        return self._last - self._began

    def add(self, what, fault=None):
        self.made += 1
        self._last = time.monotonic()
        print(f"{'FAIL' if fault else 'ok':<5}{self.name:<14}{what}" + (f": {fault}" if fault else ""), flush=True)
        if fault:
            self.failures.append(what)

    @contextmanager
    def check(self, what):
        """The block is a check; what it raises is its fault. Says nothing more to the caller: the next check goes on."""
        try:
            yield
        except Exception as fault:  # noqa: BLE001 (whatever it is, it is a finding)
            place = traceback.extract_tb(fault.__traceback__)[-1]
            self.add(what, f"{type(fault).__name__}: {fault} ({place.filename.rpartition('/')[2]}:{place.lineno}: {place.line})"[:600])
        else:
            self.add(what)

    def run(self, command, what, **options):
        """Runs a program that prints a check as a line of JSON; that it ends well is a check, too."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        for line in process.stdout:
            found = json.loads(line)
            self.add(found["check"], found.get("fault"))
        said = process.stderr.read()
        if process.wait() != 0:
            self.add(what, said.strip()[-600:] or f"ended with {process.returncode}")
