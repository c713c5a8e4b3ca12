"""Redis dies while it writes: the end of its append-only file is cut, at any byte of what nobody was told of."""

import time

from deployments import on_linked_redis
from round import Fault

STRIKES = 3
# Every client may be reading when the answers are held back: then nothing more is written.
_GROWTH_SECONDS = 2


def truncate(round):
    """Writes of which no answer can have left Redis are made by holding its answers back: what the file grows by from then
    on was never acknowledged."""
    store, strikes = round.suite.store, 0
    while strikes < STRIKES:
        round.work()
        store.link.stall_answers()
        file = append_only_file(store)
        acknowledged = file.stat().st_size
        has_grown = _grows(file, acknowledged)
        if has_grown:
            strikes += 1
            store.kill()
            cut(file, round.source.randint(acknowledged, file.stat().st_size - 1))
        store.link.cut()
        store.link.heal()
        round.restart()


def cut(file, size):
    with file.open("r+b") as written:
        written.truncate(size)


def _grows(file, size):
    end = time.monotonic() + _GROWTH_SECONDS
    while file.stat().st_size <= size:
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def append_only_file(store):
    """The one that grows: the last increment."""
    files = sorted(store.data.glob("appendonlydir/*.incr.aof"), key=lambda file: int(file.name.split(".")[-3]))
    return files[-1]


def faults():
    yield Fault("truncated-tail/redis", on_linked_redis, truncate, full=30)
