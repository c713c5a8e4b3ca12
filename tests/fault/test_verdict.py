"""The parts of the verdict that need no suite: each finds what it is there for, and nothing where all is well."""

from types import SimpleNamespace

import journals
import quota_history
import verdict
from history import OK, REFUSED, UNKNOWN, Attempt, History, Invocation
from load import GET_APPLICATION, GET_LIST, GET_QUOTA, LIMIT, RECOMMEND, REMOVE, SUBMIT

LIST = "programmes/p/units/u/tracks/t/recommendationList"
FIRST, SECOND = (f"programmes/p/units/u/applicants/{name}/applications/application-1" for name in ("first", "second"))


def invocation(call, about, *outcomes, number=1, application="", start=0.0, answer=None, reason=""):
    made = Invocation("client", call, f"client-{number}", about, application, answer=answer or {})
    made.attempts = [Attempt(start + i, start + i + 0.5, outcome, reason) for i, outcome in enumerate(outcomes)]
    return made


def history_of(*invocations):
    history = History()
    for each in invocations:
        history.add(each)
    return history


def entry(kind, resource, sequence=1, shard=0, request_id="client-1", **details):
    event = SimpleNamespace(type=kind, resource=resource, request_id=request_id, details=details)
    return SimpleNamespace(event=event, sequence=sequence, shard=shard)


def submitted(*requests):
    return {0: [entry("application.submitted", FIRST, i, request_id=each) for i, each in enumerate(requests, 1)]}


def test_what_was_acknowledged_and_told_once_is_well():
    history = history_of(invocation(SUBMIT, FIRST, UNKNOWN, OK))
    assert journals.told_once(history, "ApplicationService", submitted("client-1")) == []


def test_what_was_acknowledged_and_is_not_told_is_missed():
    history = history_of(invocation(SUBMIT, FIRST, OK))
    assert "is not in the journal" in journals.told_once(history, "ApplicationService", {})[0]


def test_what_is_told_twice_is_found():
    history = history_of(invocation(SUBMIT, FIRST, UNKNOWN, OK))
    assert "told 2 times" in journals.told_once(history, "ApplicationService", submitted("client-1", "client-1"))[0]


def test_what_nobody_answered_may_be_told_once_or_not():
    history = history_of(invocation(SUBMIT, FIRST, UNKNOWN))
    assert journals.told_once(history, "ApplicationService", {}) == []
    assert journals.told_once(history, "ApplicationService", submitted("client-1")) == []


def test_a_gap_a_repetition_and_a_wrong_beginning_are_found():
    shard = lambda *numbers: {3: [entry("x", "y", number, 3) for number in numbers]}
    assert journals.gaps("quota", shard(1, 2, 3)) == []
    for numbers in ((1, 3), (1, 2, 2), (2, 3)):
        assert "shard 3" in journals.gaps("quota", shard(*numbers))[0]


def step(kind, application, sequence):
    return entry(kind, LIST, sequence, application=application)


def recommended(application, sequence):
    return [step("recommendation.begun", application, sequence), step("recommendation.held", application, sequence + 1)]


def removed(application, sequence):
    return [step("removal.begun", application, sequence), step("recommendation.removed", application, sequence + 1)]


def test_the_journal_of_recommendations_gives_the_list():
    history = history_of(
        invocation(RECOMMEND, LIST, OK, application=FIRST),
        invocation(RECOMMEND, LIST, UNKNOWN, OK, application=SECOND),
        invocation(REMOVE, LIST, OK, application=FIRST),
    )
    journal = {0: [*recommended(FIRST, 1), *recommended(SECOND, 3), *removed(FIRST, 5)]}
    assert journals.recommendations(history, journal, {LIST: [SECOND]}) == []
    assert "its journal comes to" in journals.recommendations(history, journal, {LIST: []})[0]


def test_a_recommendation_that_was_acknowledged_and_is_not_told_is_missed():
    history = history_of(invocation(RECOMMEND, LIST, OK, application=FIRST))
    assert "1 times for its clients" in journals.recommendations(history, {}, {LIST: []})[0]


def test_a_recommendation_that_happened_twice_is_found():
    history = history_of(invocation(RECOMMEND, LIST, UNKNOWN, OK, application=FIRST))
    found = journals.recommendations(history, {0: [*recommended(FIRST, 1), *recommended(FIRST, 3)]}, {LIST: [FIRST]})
    assert any("second seat" in each for each in found)
    assert any("the journal tells 2" in each for each in found)


def test_a_seat_too_many_is_found_even_if_it_was_given_back():
    names = [f"application-{number}" for number in range(LIMIT + 1)]
    journal = {0: [each for number, name in enumerate(names) for each in recommended(name, 2 * number + 1)]}
    journal[0] += removed(names[0], 2 * len(names) + 1)
    assert any(f"{LIMIT + 1} seats" in each for each in journals.recommendations(history_of(), journal, {LIST: names[1:]}))


def test_unexpected_refusals_and_missing_answers_are_found():
    well = [invocation(RECOMMEND, LIST, REFUSED, reason="QUOTA_EXHAUSTED"), invocation(SUBMIT, FIRST, UNKNOWN, OK)]
    assert verdict.refusals(history_of(*well)) == []
    assert "INTERNAL" in verdict.refusals(history_of(invocation(SUBMIT, FIRST, REFUSED, reason="INTERNAL")))[0]
    assert "never answered" in verdict.refusals(history_of(invocation(SUBMIT, FIRST, UNKNOWN)))[0]


def test_a_read_from_before_an_acknowledgement_is_found():
    seen = lambda is_submitted: invocation(GET_APPLICATION, FIRST, OK, answer={"state": 1, "is_submitted": is_submitted})
    assert verdict.stale_reads(history_of(seen(True))) == []
    assert "was filed" in verdict.stale_reads(history_of(seen(False)))[0]


def test_a_sealer_that_misses_something_is_heard(tmp_path):
    (tmp_path / "quota.log").write_text("listening on unix:quota.sock\nseal of quota: UNAVAILABLE: ...; trying again\n")
    assert verdict.seals(tmp_path) == []
    (tmp_path / "quota.log").write_text("SEAL of quota: shard 3 is NOT SEALED ANY MORE: its journal ends at 1041\n")
    assert "shard 3" in verdict.seals(tmp_path)[0]


def test_repetitions_are_one_operation():
    history = history_of(
        invocation(RECOMMEND, LIST, UNKNOWN, UNKNOWN, OK, application=FIRST, answer={"used": 1}),
        invocation(GET_LIST, LIST, OK, start=0.6, answer={"list": [FIRST]}),
        invocation(GET_QUOTA, LIST, OK, start=4, answer={"used": 1}),
    )
    assert quota_history.findings(history) == []


def test_what_was_begun_before_a_refusal_may_still_happen():
    refused = invocation(RECOMMEND, LIST, UNKNOWN, REFUSED, application=FIRST, reason="QUOTA_EXHAUSTED")
    ten = [
        invocation(RECOMMEND, LIST, OK, application=f"x/applicants/{n}/y", start=-20 + n, answer={"used": n + 1}) for n in range(LIMIT)
    ]
    gone = invocation(REMOVE, LIST, OK, application="x/applicants/0/y", start=3, answer={"list": [f"x/applicants/{n}/y" for n in range(1, LIMIT)]})
    late = invocation(GET_QUOTA, LIST, OK, start=5, answer={"used": LIMIT})
    assert quota_history.findings(history_of(*ten, refused, gone, late)) == []
    refused.attempts.pop(0)
    assert "not linearizable" in quota_history.findings(history_of(*ten, refused, gone, late))[0]


def test_a_history_that_was_written_is_read_as_it_was(tmp_path):
    history = history_of(
        invocation(RECOMMEND, LIST, UNKNOWN, OK, application=FIRST, answer={"used": 1}), invocation(SUBMIT, SECOND, UNKNOWN, start=1)
    )
    history.write(tmp_path / "history.jsonl")
    assert History.read(tmp_path / "history.jsonl").invocations() == history.invocations()
