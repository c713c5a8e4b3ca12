"""Back-up and restore, as an operator does them: one command each, from one engine to the same or the other."""

import shutil
import subprocess
import threading

import pytest

from conftest import START, module_programme
from jiebang_client import CallError, EmbeddedSuite, SeparateSuite
from jiebang_client.process import wait_until
from jiebang_client.suite import BIN, SERVICES
from test_events import events_of
from jiebang_client.world import DALIAN, JIANGSU, SHENZHEN, World

WATCH = "ApplicationService/WatchEvents"
SUITES = {
    "one-process": EmbeddedSuite,
    "sqlite": SeparateSuite,
    "redis": lambda directory, clock_start, **more: SeparateSuite(directory, clock_start, store="redis", **more),
}


def make(kind, directory, programmes):
    return SUITES[kind](directory, START, programmes=programmes)


def stores_of(suite):
    """The flags that name its stores."""
    if isinstance(suite, EmbeddedSuite):
        return ["--data", suite.directory / "data"]
    return [part for service in SERVICES for part in ("--store", suite.store.location(service))]


def secret_of(suite):
    """What an operator keeps beside the back-up: without it page tokens and resume tokens are refused."""
    return suite.directory / ("data/secret" if isinstance(suite, EmbeddedSuite) else "secret")


def jiebangctl(*arguments):
    """What it says. AssertionError when it fails, with what it says then."""
    done = subprocess.run([BIN / "jiebangctl", *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal_of(*arguments):
    done = subprocess.run([BIN / "jiebangctl", *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stdout
    return done.stderr


def restored(old, file, kind, directory, programmes):
    """An empty suite of this kind, filled from the file and not started yet."""
    suite = make(kind, directory, programmes)
    secret_of(suite).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(secret_of(old), secret_of(suite))
    if isinstance(suite, SeparateSuite):
        suite.store.bring_up(None)
    said = jiebangctl("restore", "--from", file, *stores_of(suite))
    assert "restored, read back and equal" in said
    return suite


def answers_of(world, receipts):
    """What clients see: resources with their etags, lists page by page, quotas, and the journal with its tokens."""
    ministry, asked = world.ministry, [world.application(receipt.application) for receipt in receipts]
    for unit in (JIANGSU, DALIAN):
        asked += [world.recommendation_list(unit), world.quota(unit)]
    asked += ministry.pages("QuotaService/ListUnits", "units", page_size=2)
    last = receipts[-1].application
    asked += events_of(ministry, lambda event: event.resource == last, watch=WATCH)
    return asked


@pytest.mark.parametrize("old, new", [("one-process", "redis"), ("redis", "sqlite"), ("sqlite", "one-process"), ("redis", "redis")])
def test_a_restored_suite_answers_as_the_old_one_did(tmp_path, programmes, old, new):
    first, second = tmp_path / "first", tmp_path / "second"
    with make(old, tmp_path / "old", programmes) as suite:
        world = World(suite, module_programme(__name__))
        enterprise, draft = world.draft(JIANGSU)
        filed = enterprise.submit(draft, request_id="file-1")
        receipts = [filed, *(world.filed(unit)[1] for unit in (JIANGSU, JIANGSU, DALIAN))]
        recommended = world.recommend(JIANGSU, filed.application, request_id="recommend-1")
        world.recommend(DALIAN, receipts[-1].application)
        before = answers_of(world, receipts)
        token = before[-1].resume_token
        jiebangctl("backup", *stores_of(suite), "--to", first)
        # No service was stopped for it, and what comes later is not in it.
        later = world.filed(DALIAN)[1]

    with restored(suite, first, new, tmp_path / "new", programmes) as suite:
        world.suite = suite
        assert answers_of(world, receipts) == before
        # Repetitions get the first answers, and take no second seat.
        enterprise.caller = suite.applicant(enterprise.uscc)
        assert enterprise.submit(draft, request_id="file-1") == filed
        assert world.recommend(JIANGSU, filed.application, request_id="recommend-1") == recommended
        assert answers_of(world, receipts) == before
        with pytest.raises(CallError) as caught:
            world.application(later.application)
        assert caught.value.reason == "APPLICATION_NOT_FOUND"
        # Work goes on, and who watched goes on from where the old suite left him.
        _, receipt = world.filed(SHENZHEN)
        went_on = events_of(world.ministry, lambda event: event.resource == receipt.application, resume_token=token)
        assert [entry.event.resource for entry in went_on][-1] == receipt.application
        assert not {filed.application, receipts[1].application} & {entry.event.resource for entry in went_on}
        jiebangctl("backup", *stores_of(suite), "--to", second)
        assert "service application: " in refusal_of("backup", "compare", first, second)


@pytest.mark.parametrize("old, new", [("one-process", "redis"), ("redis", "sqlite")])
def test_a_backup_and_one_of_what_was_restored_from_it_are_equal(tmp_path, programmes, old, new):
    first, second = tmp_path / "first", tmp_path / "second"
    with make(old, tmp_path / "old", programmes) as suite:
        World(suite, module_programme(__name__)).filed(JIANGSU)
        jiebangctl("backup", *stores_of(suite), "--to", first)
    filled = restored(suite, first, new, tmp_path / "new", programmes)
    try:
        jiebangctl("backup", *stores_of(filled), "--to", second)
        assert "hold the same" in jiebangctl("backup", "compare", first, second)
        assert first.stat().st_size == second.stat().st_size
        assert first.stat().st_mode & 0o777 == 0o600
        assert "is not empty" in refusal_of("restore", "--from", first, *stores_of(filled))
    finally:
        filled.close()


class Load:
    """Enterprises that file, are recommended and removed again, on many threads, until the block is left."""

    def __init__(self, world):
        self._world = world
        self._finished = threading.Event()
        self.filed = []  # (enterprise, draft, receipt), acknowledged

    def _try(self, method, unit, receipt):
        try:
            name = self._world.list_name(unit)
            self._world.unit(unit).call(f"QuotaService/{method}", name=name, application=receipt.application)
        except CallError as error:
            # Others change the same list at the same time.
            assert error.reason in ("CONCURRENT_CHANGE", "STEP_UNSETTLED", "NOT_RECOMMENDED"), error

    def _work(self, unit):
        while not self._finished.is_set():
            enterprise, draft = self._world.draft(unit)
            receipt = enterprise.submit(draft, request_id="file")
            self.filed.append((enterprise, draft, receipt))
            self._try("RecommendApplication", unit, receipt)
            self._try("RemoveRecommendation", unit, receipt)

    def __enter__(self):
        # The tokens of many callers are made one after the other.
        self._threads = [threading.Thread(target=self._work, args=(unit,)) for unit in (JIANGSU, DALIAN) for _ in range(3)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._finished.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.parametrize("old, new", [("sqlite", "redis"), ("redis", "sqlite")])
def test_a_backup_under_load_has_what_was_acknowledged_and_no_half_of_a_step(tmp_path, programmes, old, new):
    files = [tmp_path / f"backup-{number}" for number in range(5)]
    with make(old, tmp_path / "old", programmes) as suite:
        world = World(suite, module_programme(__name__))
        with Load(world) as load:
            for number, file in enumerate(files):
                wait_until(lambda: len(load.filed) >= 5 * (number + 1), "filings")
                acknowledged = list(load.filed)
                said = jiebangctl("backup", *stores_of(suite), "--to", file)
                assert "writes waited" in said
            during = len(load.filed)
            wait_until(lambda: len(load.filed) > during, "filings after the back-up")
        assert "service application: " in refusal_of("backup", "compare", files[0], files[-1])

    with restored(suite, files[-1], new, tmp_path / "new", programmes) as suite:
        world.suite = suite
        for enterprise, draft, receipt in acknowledged:
            kept = world.application(receipt.application)
            assert (kept.revision, kept.content_digest) == (receipt.revision, receipt.content_digest)
            enterprise.caller = suite.applicant(enterprise.uscc)
            assert enterprise.submit(draft, request_id="file") == receipt

        def both_sides_agree(unit):
            on_list = world.recommendation_list(unit).recommendations
            held = [receipt.application for _, _, receipt in acknowledged if world.application(receipt.application).held_by == world.list_name(unit)]
            return all(each.state == each.STATE_HELD for each in on_list) and set(held) <= {each.application for each in on_list}

        for unit in (JIANGSU, DALIAN):
            wait_until(lambda: both_sides_agree(unit), "agreement of quota and application", seconds=30)
            assert world.quota(unit).used == len(world.recommendation_list(unit).recommendations)
