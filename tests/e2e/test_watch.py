"""A watch that outlives what it stands on: failovers, restarts, and a reader who takes his time."""

from conftest import START, module_programme
from jiebang_client import CallError, SeparateSuite
from jiebang_client.process import wait_until
from jiebang_client.redis_sentinel import RedisSentinel
from jiebang_client.world import JIANGSU, World
from refusals import UNAVAILABLE
from test_events import WATCH, events_of


def submitted(receipt):
    return lambda event: event.resource == receipt.application and event.type == "application.submitted"


def filed_when_possible(world):
    """The receipt of an enterprise that begins anew while the store fails over."""

    def attempt():
        try:
            return world.filed(JIANGSU)[1]
        except CallError as error:
            assert error.code == UNAVAILABLE, error
            return None

    return wait_until(attempt, "a filing after the failover")


def places(entries):
    return [(entry.shard, entry.sequence) for entry in entries]


def test_a_resume_token_is_good_after_a_failover_and_after_a_restart(tmp_path, programmes):
    with SeparateSuite(tmp_path, START, programmes=programmes, store=RedisSentinel) as suite:
        world = World(suite, module_programme(__name__))
        _, first = world.filed(JIANGSU)
        before = events_of(world.ministry, submitted(first))
        token = before[-1].resume_token

        primary = suite.store.primary()
        primary.kill()
        suite.store.wait_for_another_primary(primary)
        second = filed_when_possible(world)
        after = events_of(world.ministry, submitted(second), resume_token=token)
        assert not set(places(before)) & set(places(after))

        application = suite.service("application")
        application.terminate()
        application.wait()
        suite.start()
        again = events_of(world.ministry, submitted(second), resume_token=token)
        assert places(again) == places(after)


def test_a_slow_reader_misses_nothing_and_keeps_nobody_waiting(world):
    enterprise, draft = world.draft(JIANGSU)
    updates = 400  # some hundred kilobytes of events, more than is under way to a reader who does not read
    with enterprise.caller.watch(WATCH) as slow:
        next(slow)
        for number in range(updates):
            enterprise.caller.call("ApplicationService/UpdateApplication", application={"name": draft.name, "title": f"第{number}稿"})
        told = []
        for answer in slow:
            if answer.entry.event.resource == draft.name and answer.entry.event.type == "application.updated":
                told.append(answer.entry.sequence)
            if len(told) == updates:
                break
    assert told == sorted(set(told))
