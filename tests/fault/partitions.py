"""The network between the services and Redis fails and comes back; nothing is restarted."""

from deployments import on_linked_redis
from round import Fault

STRIKES = 3


def partition(round):
    """Refused, silent in both directions, silent in one: in an order of its own each round."""
    link = round.suite.store.link
    kinds = [link.refuse, link.stall, link.stall_answers]
    round.source.shuffle(kinds)
    for fail in kinds:
        round.work()
        fail()
        round.hurt(calls=round.source.randint(2, 10))
        if round.source.random() < 0.5:
            link.cut()
        link.heal()


def reset(round):
    """Connections break again and again, and can be made anew at once: many answers are lost."""
    for _ in range(12):
        round.work(least=5, most=60)
        round.suite.store.link.cut()


def freeze(round):
    """Redis stands still and goes on."""
    store = round.suite.store
    for _ in range(STRIKES):
        round.work()
        store.pause()
        try:
            round.hurt(calls=round.source.randint(2, 10))
        finally:
            store.resume()


def faults():
    yield Fault("partition/redis", on_linked_redis, partition, full=25)
    yield Fault("resets/redis", on_linked_redis, reset, full=25)
    yield Fault("freeze-store/redis", on_linked_redis, freeze, full=15)
