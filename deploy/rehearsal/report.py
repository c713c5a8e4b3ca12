"""What the rehearsal says on the terminal, and what it holds the suite to."""

import time
import unicodedata
from contextlib import contextmanager


class Unexpected(Exception):
    """The suite did something else than the notice wants."""


def width(text):
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(symbol) in "WF" else 1 for symbol in text)


def pad(text, columns):
    return text + " " * max(0, columns - width(text))


class Report:
    def __init__(self):
        self._stages = []
        self._counts = []
        self._started = time.monotonic()

    @contextmanager
    def stage(self, zh, en):
        """A stage: what is counted within it stands under it in the table."""
        print(f"\n── {zh} · {en}", flush=True)
        self._counts = []
        began = time.monotonic()
        yield
        self._stages.append((zh, en, list(self._counts), time.monotonic() - began))

    def count(self, zh, en, number, expected=None):
        """Tells a number; Unexpected when another one was expected."""
        if expected is not None and number != expected:
            raise Unexpected(f"{en}: {number} instead of {expected}")
        self._counts.append((zh, en, str(number)))
        print(f"   {pad(zh, 34)} {pad(en, 44)} {number}", flush=True)

    def refused(self, zh, en, error):
        """Tells a refusal that had to come, in both languages, with its clauses."""
        print(f"   ✗ {zh} · {en}\n     {error.code.name} {error.reason}")
        print(f"     {error.text_zh}\n     {error.text}")
        for rule, subject, description in error.preconditions:
            print(f"     · {rule} ({subject}): {description}")
        for field, description in error.fields:
            print(f"     · {field}: {description}")
        for subject, description in error.quotas:
            print(f"     · {subject}: {description}", flush=True)

    def table(self):
        print("\n── 小结 · Summary\n")
        for number, (zh, en, counts, seconds) in enumerate(self._stages, 1):
            print(f"{number:2}. {pad(f'{zh} · {en}', 78)} {seconds:6.1f} s")
            for count_zh, count_en, value in counts:
                print(f"      {pad(count_zh, 34)} {pad(count_en, 44)} {value}")
        print(f"\n    {pad('合计 · All', 78)} {time.monotonic() - self._started:6.1f} s")
