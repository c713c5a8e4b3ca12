"""kill -9, in the middle of load; what is dead is started again, and nothing else is done."""

from functools import partial

from deployments import in_one_process, on_redis, on_sqlite
from jiebang_client.suite import SERVICES
from round import Fault

STRIKES = 3


def kill(choose, round, strikes=STRIKES):
    """`choose(suite)`: the processes. Killed a few times; sometimes only once their absence was felt started again."""
    for _ in range(strikes):
        round.work()
        for process in choose(round.suite):
            process.kill()
        if round.source.random() < 0.7:
            round.hurt(calls=round.source.randint(1, 12))
        round.restart()


def kill_everything(round, strikes=STRIKES):
    kill(_everything, round, strikes)


def _everything(suite):
    return suite.processes()


def _store(suite):
    return suite.store.processes()


def _gateway(suite):
    return [suite.gateway]


def _service(name, suite):
    return [suite.service(name)]


def _both_sides(suite):
    """Those of a step, so that neither can settle it for the other."""
    return [suite.service("quota"), suite.service("application")]


def faults():
    yield Fault("kill-suite/one-process", in_one_process, kill_everything, quick=2, full=40)
    for deployment, deploy in {"sqlite": on_sqlite, "redis": on_redis}.items():
        yield Fault(f"kill-suite/{deployment}", deploy, kill_everything, full=15)
        yield Fault(f"kill-gateway/{deployment}", deploy, partial(kill, _gateway), full=10)
        for service in SERVICES:
            is_telling = deployment == "redis" or service in ("application", "quota")
            happen = partial(kill, partial(_service, service))
            yield Fault(f"kill-{service}/{deployment}", deploy, happen, quick=int(is_telling), full=10)
        yield Fault(f"kill-both-sides/{deployment}", deploy, partial(kill, _both_sides), full=15)
    yield Fault("kill-store/redis", on_redis, partial(kill, _store), quick=2, full=40)
