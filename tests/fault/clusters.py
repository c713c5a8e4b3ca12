"""A Redis Cluster loses primaries and gets them back, and moves slots while they are written to."""

from functools import partial

from deployments import on_cluster, on_cluster_hosts
from kills import kill_everything
from round import Fault


def die(round):
    store = round.suite.store
    for _ in range(2):
        round.work()
        primary = round.source.choice(store.primaries())
        primary.server.kill()
        store.wait_until_replaced(primary)
        round.work()
        round.restart()


def freeze(round):
    store = round.suite.store
    round.work()
    primary = round.source.choice(store.primaries())
    primary.server.pause()
    try:
        store.wait_until_replaced(primary)
        round.work()
    finally:
        primary.server.resume()
    round.work()
    store.settle()


def reshard(round):
    """Slots that hold records go from primary to primary, a few keys at a time."""
    store = round.suite.store
    for _ in range(3):
        source, target = round.source.sample(store.primaries(), 2)
        slots = store.slots_in_use(source)
        for slot in round.source.sample(slots, min(12, len(slots))):
            round.work(least=1, most=20)
            store.move_slot(slot, source, target)
        store.settle()


def isolate(round):
    """One primary is cut from everybody, the services too."""
    store, hosts = round.suite.store, round.suite.hosts
    round.work()
    primary = round.source.choice(store.primaries())
    hosts.isolate(primary.server.host)
    store.wait_until_replaced(primary)
    round.work()
    hosts.heal()
    round.work()
    store.settle()


def split(round):
    """One primary is cut from the other servers, and the services reach it as before."""
    store, hosts = round.suite.store, round.suite.hosts
    round.work()
    primary = round.source.choice(store.primaries())
    hosts.cut(primary.server.host, [each for each in hosts.addresses if each != primary.server.host])
    store.wait_until_replaced(primary)
    round.try_on()
    hosts.heal()
    store.settle()


def faults():
    yield Fault("kill-primary/cluster", on_cluster, die, full=15)
    yield Fault("freeze-primary/cluster", on_cluster, freeze, full=15)
    yield Fault("reshard/cluster", on_cluster, reshard, full=20)
    yield Fault("kill-suite/cluster", on_cluster, partial(kill_everything, strikes=1), full=10)
    yield Fault("split/cluster", on_cluster_hosts, split, full=15)
    yield Fault("isolate-primary/cluster", on_cluster_hosts, isolate, full=15)
