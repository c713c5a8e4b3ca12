"""The disk takes its time: some writes wait long, some too long, and then the machine goes down."""

import subprocess
from functools import partial
from pathlib import Path

from deployments import in_one_process, on_redis
from jiebang_client.contracts import ROOT
from round import Fault


def slow_down(process, round):
    """`process`: the name of the one that writes."""
    told = round.directory / "slow-disk"
    for milliseconds in (round.source.randint(20, 60), round.source.randint(200, 400), 1500):
        round.work()
        told.write_text(str(milliseconds))
        round.work(least=5, most=20)
        if round.source.random() < 0.5:
            next(each for each in round.suite.processes() if each.name == process).kill()
            round.restart()
        told.unlink()


def _shim():
    """The library that slows a program down, compiled when it is not there or older than its source."""
    source, library = Path(__file__).parent / "slow_disk.c", ROOT / "build" / "fault" / "slow_disk.so"
    if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
        library.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def _environments(process):
    return lambda directory: {process: {"LD_PRELOAD": str(_shim()), "JIEBANG_SLOW_DISK": str(directory / "slow-disk")}}


def faults():
    for deploy, process in ((in_one_process, "jiebang"), (on_redis, "redis")):
        name = "one-process" if process == "jiebang" else "redis"
        yield Fault(f"slow-disk/{name}", deploy, partial(slow_down, process), full=15, environments=_environments(process))
