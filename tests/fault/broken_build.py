"""The checker's own test: a suite that loses updates on purpose. Its rounds pass when the checker rejects their histories."""

import quota_history
from jiebang_client import EmbeddedSuite
from jiebang_client.suite import BIN
from round import Fault

OVERRUN = BIN.parent / "tests" / "fault" / "jiebang_overrun"


def _deploy(directory, clock_start):
    return EmbeddedSuite(directory, clock_start, program=OVERRUN)


def _only_load(round):
    round.work(least=800, most=1200)
    round.history.is_given_up = True  # steps of such a suite may never end


def _must_be_rejected(round):
    round.notes = quota_history.findings(round.history)
    return [] if round.notes else ["the history of a suite that loses updates was found linearizable"]


def faults():
    yield Fault("broken-build/lost-updates", _deploy, _only_load, full=5, judge=_must_be_rejected)
