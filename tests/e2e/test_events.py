"""The journal as a platform follows it: in order, from where it left off, and nobody else's business."""

import pytest

from jiebang_client import CallError
from jiebang_client.world import JIANGSU, ZHEJIANG
from refusals import INVALID_ARGUMENT, PERMISSION_DENIED, refused

WATCH = "ApplicationService/WatchEvents"


def events_of(caller, wanted, resume_token="", watch=WATCH):
    """The entries up to the one that `wanted` says yes to."""
    entries = []
    with caller.watch(watch, resume_token=resume_token) as stream:
        for answer in stream:
            entries.append(answer.entry)
            if wanted(answer.entry.event):
                return entries
    raise AssertionError("the stream ended")


def of(entries, name):
    return [entry.event.type for entry in entries if entry.event.resource.startswith(name)]


def test_a_watch_tells_what_happened_in_its_order(world):
    enterprise, receipt = world.filed(JIANGSU)
    enterprise.caller.call("ApplicationService/WithdrawApplication", name=receipt.application)
    entries = events_of(enterprise.caller, lambda event: event.type == "application.withdrawn")
    assert of(entries, receipt.application) == ["application.created", "application.submitted", "application.withdrawn"]
    submitted = next(entry.event for entry in entries if entry.event.type == "application.submitted" and entry.event.resource == receipt.application)
    assert submitted.actor == f"applicant-{enterprise.uscc}"
    assert submitted.time.seconds == receipt.submit_time.seconds


def test_the_ministry_is_told_of_an_application_from_its_filing_on(world):
    _, receipt = world.filed(JIANGSU)
    entries = events_of(world.ministry, lambda event: event.resource == receipt.application)
    assert of(entries, receipt.application) == ["application.submitted"]


def test_the_ministry_is_told_of_an_assessment_from_its_submission_on(world):
    enterprise = world.enterprise()
    done = enterprise.assess(world.model, 2)
    watch = "MaturityService/WatchEvents"
    submitted = lambda event: event.resource == done.name and event.type == "assessment.submitted"
    told = lambda caller: of(events_of(caller, submitted, watch=watch), done.name)
    assert told(enterprise.caller) == ["assessment.created", "assessment.submitted"]
    assert told(world.ministry) == ["assessment.submitted"]


def test_a_watch_sees_what_happens_while_it_runs(world):
    enterprise, draft = world.draft(JIANGSU)
    with enterprise.caller.watch(WATCH) as stream:
        for answer in stream:
            if answer.entry.event.resource == draft.name:
                break
        enterprise.submit(draft)
        for answer in stream:
            if answer.entry.event.resource == draft.name:
                assert answer.entry.event.type == "application.submitted"
                return
    raise AssertionError("the stream ended")


def test_a_resumed_watch_goes_on_after_what_was_seen(world):
    _, first = world.filed(JIANGSU)
    seen = events_of(world.ministry, lambda event: event.resource == first.application and event.type == "application.submitted")
    _, second = world.filed(JIANGSU)
    more = events_of(
        world.ministry,
        lambda event: event.resource == second.application and event.type == "application.submitted",
        resume_token=seen[-1].resume_token,
    )
    places = {(entry.shard, entry.sequence) for entry in seen}
    assert places.isdisjoint((entry.shard, entry.sequence) for entry in more)
    assert of(more, first.application) == []
    assert "application.submitted" in of(more, second.application)


def test_each_shard_has_no_gap_and_no_repetition(world):
    _, last = world.filed(JIANGSU)
    entries = events_of(world.suite.auditor(), lambda event: event.resource == last.application and event.type == "application.submitted")
    by_shard = {}
    for entry in entries:
        by_shard.setdefault(entry.shard, []).append(entry.sequence)
    for sequences in by_shard.values():
        assert sequences == list(range(1, len(sequences) + 1))


def test_an_auditor_sees_which_records_changed_and_nobody_else_does(world):
    enterprise, receipt = world.filed(JIANGSU)
    filed = lambda event: event.resource == receipt.application and event.type == "application.submitted"
    seen = events_of(world.suite.auditor(), filed)
    changed = {change.table: change.sha256 for change in seen[-1].event.changes}
    assert len(changed["application"]) == 32
    # Which units an applicant files through is remembered in a commit of its own, without an event.
    assert any(entry.event.type == "record.changed" and entry.event.changes for entry in seen)
    for caller in (enterprise.caller, world.unit(JIANGSU), world.ministry):
        told = [entry.event for entry in events_of(caller, filed)]
        assert not any(event.changes or event.type == "record.changed" for event in told)


def test_a_unit_sees_only_what_was_filed_through_it(world):
    _, theirs = world.filed(ZHEJIANG)
    _, ours = world.filed(JIANGSU)
    entries = events_of(world.unit(JIANGSU), lambda event: event.resource == ours.application and event.type == "application.submitted")
    resources = [entry.event.resource for entry in entries]
    assert all(f"/units/{JIANGSU}/" in resource for resource in resources), resources
    assert theirs.application not in resources


def test_an_applicant_sees_only_its_own(world):
    world.filed(JIANGSU)
    enterprise, receipt = world.filed(JIANGSU)
    entries = events_of(enterprise.caller, lambda event: event.type == "application.submitted")
    assert all(enterprise.uscc in entry.event.resource for entry in entries)
    assert of(entries, receipt.application) == ["application.created", "application.submitted"]


def test_the_journal_of_quotas_tells_of_recommendations(world):
    _, receipt = world.filed(ZHEJIANG)
    world.recommend(ZHEJIANG, receipt.application)
    entries = events_of(
        world.unit(ZHEJIANG),
        lambda event: receipt.application in (event.resource, *event.details.values()),
        watch="QuotaService/WatchEvents",
    )
    assert entries[-1].event.actor == f"unit-{ZHEJIANG}"


@pytest.mark.parametrize("token", ["x", "AAAA", "令牌"])
def test_a_resume_token_that_nobody_gave_is_refused(world, token):
    with refused(INVALID_ARGUMENT, "RESUME_TOKEN_MALFORMED"):
        with world.ministry.watch(WATCH, resume_token=token) as stream:
            next(stream)


def test_an_expert_watches_nothing(world):
    with pytest.raises(CallError) as caught, world.suite.expert("expert-1").watch(WATCH) as stream:
        next(stream)
    assert caught.value.code == PERMISSION_DENIED
