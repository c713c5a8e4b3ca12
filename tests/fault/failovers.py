"""A primary behind Sentinel dies, freezes or is cut off, and another takes its place; later it comes back and must follow."""

from functools import partial

from deployments import on_sentinel, on_sentinel_hosts
from kills import kill_everything
from round import Fault


def die(round):
    store = round.suite.store
    for _ in range(2):
        round.work()
        primary = store.primary()
        primary.kill()
        store.wait_for_another_primary(primary)
        round.work()
        round.restart()


def freeze(round):
    """What the old primary was asked before it froze it may still do when it goes on: nobody may take it for done."""
    store = round.suite.store
    round.work()
    primary = store.primary()
    primary.pause()
    try:
        store.wait_for_another_primary(primary)
        round.work()
    finally:
        primary.resume()
    round.work()
    store.settle()


def freeze_replicas(round):
    """The primary stays, and nobody confirms its writes."""
    store = round.suite.store
    round.work()
    replicas = store.replicas()
    for each in replicas:
        each.pause()
    round.hurt(calls=round.source.randint(4, 20))
    for each in replicas:
        each.resume()
    round.work()
    store.settle()


def split(round):
    """The primary and a sentinel beside it are cut from the others, and the services reach both parts. When the cut heals
    before the other replica has heard of the new primary, it follows the old one again for a moment, and confirms what is
    lost with that: only what *every* replica has confirmed is safe here."""
    store, hosts = round.suite.store, round.suite.hosts
    round.work()
    primary = store.primary()
    hosts.cut(primary.host, [each for each in hosts.addresses if each != primary.host])
    store.wait_for_another_primary(primary)
    round.try_on()
    hosts.heal()
    store.settle()


def isolate(round):
    """The primary and a sentinel beside it are cut from everybody."""
    store, hosts = round.suite.store, round.suite.hosts
    round.work()
    primary = store.primary()
    hosts.isolate(primary.host)
    store.wait_for_another_primary(primary)
    round.work()
    hosts.heal()
    round.work()
    store.settle()


def faults():
    yield Fault("kill-primary/sentinel", on_sentinel, die, full=15)
    yield Fault("freeze-primary/sentinel", on_sentinel, freeze, full=15)
    yield Fault("freeze-replicas/sentinel", on_sentinel, freeze_replicas, full=10)
    yield Fault("kill-suite/sentinel", on_sentinel, partial(kill_everything, strikes=1), full=10)
    yield Fault("split/sentinel", partial(on_sentinel_hosts, confirming=2), split, full=15)
    yield Fault("isolate-primary/sentinel", on_sentinel_hosts, isolate, quick=0, full=15)
