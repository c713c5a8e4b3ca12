"""Many threads against one quota: it is filled to the last seat and never beyond."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from jiebang_client.world import DALIAN, SHENZHEN, at_once
from refusals import RESOURCE_EXHAUSTED

THREADS = 50
LIMIT = 10  # scenarios of a city with separate planning
SPARE = 8  # applications beyond the quota


def file_many(world, unit):
    return [receipt.application for _, receipt in at_once(lambda _: world.filed(unit), range(LIMIT + SPARE), threads=8)]


def watch_use(world, unit, stop):
    """The greatest use that anybody saw meanwhile."""
    greatest = 0
    while not stop.is_set():
        greatest = max(greatest, world.quota(unit).used)
    return greatest


def patiently(recommend):
    """A refusal that asks to come again is followed, as a platform would."""

    def attempt(name):
        while True:
            answer = at_once(recommend, [name], threads=1)[0]
            if getattr(answer, "reason", "") not in ("CONCURRENT_CHANGE", "STEP_UNSETTLED"):
                return answer

    return attempt


def test_fifty_at_once_never_exceed_the_quota(world):
    names = file_many(world, DALIAN)
    attempts = (names * THREADS)[:THREADS]
    stop = Event()
    with ThreadPoolExecutor(1) as watcher:
        watching = watcher.submit(watch_use, world, DALIAN, stop)
        answers = at_once(patiently(lambda name: world.recommend(DALIAN, name)), attempts, threads=THREADS)
        stop.set()
    assert watching.result() <= LIMIT

    taken = [answer for answer in answers if not hasattr(answer, "reason")]
    reasons = {answer.reason for answer in answers if hasattr(answer, "reason")}
    assert len(taken) == LIMIT
    assert reasons <= {"QUOTA_EXHAUSTED", "ALREADY_RECOMMENDED"}, reasons
    refused = next(answer for answer in answers if getattr(answer, "reason", "") == "QUOTA_EXHAUSTED")
    assert refused.code == RESOURCE_EXHAUSTED
    assert refused.quotas
    assert "三（四）" in refused.metadata["clause"]

    quota, on_list = world.quota(DALIAN), world.recommendation_list(DALIAN).recommendations
    assert (quota.used, quota.limit) == (LIMIT, LIMIT)
    assert [each.rank for each in on_list] == list(range(1, LIMIT + 1))
    # Both sides say the same: what is on the list is held, and nothing else is.
    held = {name for name in names if world.application(name).held_by}
    assert held == {each.application for each in on_list}


def test_seats_that_come_and_go_at_once_are_never_too_many(world):
    names = file_many(world, SHENZHEN)
    unit, name = world.unit(SHENZHEN), world.list_name(SHENZHEN)

    def come_and_go(application):
        for _ in range(3):
            patiently(lambda each: world.recommend(SHENZHEN, each))(application)
            patiently(lambda each: unit.call("QuotaService/RemoveRecommendation", name=name, application=each))(application)
        return patiently(lambda each: world.recommend(SHENZHEN, each))(application)

    stop = Event()
    with ThreadPoolExecutor(1) as watcher:
        watching = watcher.submit(watch_use, world, SHENZHEN, stop)
        at_once(come_and_go, names, threads=len(names))
        stop.set()
    assert watching.result() <= LIMIT
    on_list = world.recommendation_list(SHENZHEN).recommendations
    counted = [each for each in on_list if each.state == each.STATE_HELD]
    assert len(counted) == world.quota(SHENZHEN).used <= LIMIT
    held = {each for each in names if world.application(each).held_by}
    assert held == {each.application for each in counted}
