"""The verdict's own test: a build that loses updates, and a disk that loses what was acknowledged. Their rounds pass when they are
rejected, for the right reason."""

import quota_history
import verdict
from deployments import in_one_process, on_redis
from jiebang_client.suite import BIN
from round import Fault
from truncated_tail import append_only_file, cut

OVERRUN = BIN.parent / "tests" / "fault" / "jiebang_overrun"


def _careless(directory, clock_start):
    return in_one_process(directory, clock_start, program=OVERRUN)


def _only_load(round):
    round.work(least=800, most=1200)


def _give_up_early(round):
    _only_load(round)
    round.history.is_given_up = True  # steps of such a suite may never end


def _must_contradict_itself(round):
    round.notes = quota_history.findings(round.history)
    return [] if round.notes else ["the history of a suite that loses updates was found linearizable"]


def _must_be_missed(round):
    """Cuts what was acknowledged, once all is quiet; nothing of that may go unnoticed."""
    store = round.suite.store
    round.suite.kill()
    size = append_only_file(store).stat().st_size
    cut(append_only_file(store), round.source.randint(size * 8 // 10, size * 9 // 10))
    round.restart()
    round.notes = [each for each in verdict.findings(round.load.world, round.load) if "acknowledged" in each]
    return [] if round.notes else ["nobody missed what the disk had lost"]


def faults():
    yield Fault("broken-build/lost-updates", _careless, _give_up_early, full=5, judge=_must_contradict_itself)
    yield Fault("broken-disk/redis", on_redis, _only_load, full=5, judge=_must_be_missed)
