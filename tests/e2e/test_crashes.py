"""kill -9: what was acknowledged is there, and both sides of a step agree again by themselves."""

import threading

import pytest

from conftest import START, module_programme
from jiebang_client import CallError, EmbeddedSuite, SeparateSuite
from jiebang_client.process import wait_until
from jiebang_client.world import DALIAN, JIANGSU, World, at_once
from refusals import UNAVAILABLE


def started(kind, tmp_path, programmes, **more):
    return kind(tmp_path, START, programmes=programmes, **more)


def file_until_killed(world, drafts, kill_after):
    """Files on many threads and kills the whole suite after so many receipts; the receipts that came."""
    receipts, enough = [], threading.Event()

    def file(pair):
        enterprise, draft = pair
        receipt = enterprise.submit(draft, request_id="file")
        receipts.append(receipt)
        if len(receipts) >= kill_after:
            enough.set()

    filing = threading.Thread(target=at_once, args=(file, drafts, 16))
    filing.start()
    assert enough.wait(60), "the receipts did not come"
    world.suite.kill()
    filing.join()
    return receipts


@pytest.mark.parametrize("store", ["one-process", "processes-on-sqlite", "processes-on-redis"])
def test_every_acknowledged_filing_survives_the_kill_of_everything(tmp_path, programmes, store):
    kinds = {
        "one-process": lambda *args, **more: EmbeddedSuite(*args, **more),
        "processes-on-sqlite": lambda *args, **more: SeparateSuite(*args, **more),
        "processes-on-redis": lambda *args, **more: SeparateSuite(*args, store="redis", **more),
    }
    with started(kinds[store], tmp_path, programmes) as suite:
        world = World(suite, module_programme(__name__))
        drafts = at_once(lambda _: world.draft(JIANGSU), range(60), threads=8)
        receipts = file_until_killed(world, drafts, kill_after=20)
        suite.start()
        for receipt in receipts:
            kept = world.application(receipt.application)
            assert (kept.state, kept.revision) == (kept.STATE_SUBMITTED, receipt.revision)
            assert kept.content_digest == receipt.content_digest
        # What was not acknowledged is wholly there or not at all: the same request_id brings every one of them home.
        for enterprise, draft in drafts:
            again = enterprise.submit(draft, request_id="file")
            revision = enterprise.caller.call("ApplicationService/GetRevision", name=f"{draft.name}/revisions/1").revision
            assert (again.revision, again.content_digest) == (1, revision.content_digest)


@pytest.mark.parametrize("store", ["sqlite", "redis"])
@pytest.mark.parametrize("point", ["recommend.intended", "recommend.held"])
def test_a_crash_between_the_two_commits_of_a_recommendation_heals_by_itself(tmp_path, programmes, store, point):
    suite = started(SeparateSuite, tmp_path, programmes, store=store)
    with suite:
        world = World(suite, module_programme(__name__))
        _, receipt = world.filed(DALIAN)
        quota = suite.service("quota")
        quota.terminate()
        quota.wait()
        suite.start({"quota": {"JIEBANG_KILL_AT": point}})

        with pytest.raises(CallError) as caught:
            world.recommend(DALIAN, receipt.application, request_id="recommend-1")
        assert caught.value.code == UNAVAILABLE
        assert quota.wait() == -9

        suite.start()

        def both_sides_agree():
            on_list = world.recommendation_list(DALIAN).recommendations
            if any(each.state != each.STATE_HELD for each in on_list):
                return False
            held_by = world.application(receipt.application).held_by
            return [each.application for each in on_list] == ([receipt.application] if held_by else [])

        wait_until(both_sides_agree, "agreement of quota and application", seconds=30)
        # The platform repeats its call, as it would after UNAVAILABLE, and has one recommendation.
        answer = world.recommend(DALIAN, receipt.application, request_id="recommend-1")
        assert (answer.recommendation.application, answer.used) == (receipt.application, 1)
        assert world.application(receipt.application).held_by == world.list_name(DALIAN)
