"""The disk is full in the middle of load, and has room again later."""

from deployments import in_one_process_on_small_disk, on_redis_on_small_disk
from round import Fault


def fill_under_sqlite(round):
    """SQLite refuses writes and goes on by itself when there is room: no process may die of it."""
    for _ in range(2):
        round.work()
        round.suite.disk.fill()
        round.hurt(calls=round.source.randint(4, 40))
        dead = [process.name for process in round.suite.processes() if not process.is_running]
        round.suite.disk.free()
        if dead:
            raise AssertionError(f"a full disk ended {dead}")


def fill_under_redis(round):
    """Redis gives up when it cannot write what it has promised to write, as `appendfsync always` says it must; it is started
    again when there is room."""
    for _ in range(2):
        round.work()
        round.suite.disk.fill()
        round.hurt(calls=round.source.randint(4, 40))
        round.suite.disk.free()
        round.restart()


def faults():
    yield Fault("full-disk/one-process", in_one_process_on_small_disk, fill_under_sqlite, full=20)
    yield Fault("full-disk/redis", on_redis_on_small_disk, fill_under_redis, full=20)
