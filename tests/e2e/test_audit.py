"""The audit trail (GB/T 22239-2019, 8.1.4.3): who, when, what, from where and with which result, for refusals too."""

import secrets

import pytest

from jiebang_client.client import Caller
from jiebang_client.suite import SERVICES
from refusals import FAILED_PRECONDITION, PERMISSION_DENIED, UNAUTHENTICATED, refused
from jiebang_client.world import JIANGSU, ZHEJIANG, at_once

HERE = "127.0.0.1"  # where the tests call from
APPLICATION, QUOTA, REVIEW = "ApplicationService", "QuotaService", "ReviewService"


class Traced:
    """A caller whose calls can be told from all others in the journal, by their trace id."""

    def __init__(self, caller):
        self.trace_id = secrets.token_hex(16)
        self._caller = Caller(caller.client, (*caller.metadata, ("traceparent", f"00-{self.trace_id}-00f067aa0ba902b7-01")))
        self.call = self._caller.call


def seen(caller, service, wanted):
    """What the caller's watch shows up to the event that `wanted` says yes to, and that event."""
    events = []
    with caller.watch(f"{service}/WatchEvents") as stream:
        for answer in stream:
            events.append(answer.entry.event)
            if wanted(events[-1]):
                return events, events[-1]
    raise AssertionError("the stream ended")


def recorded(world, service, traced):
    """The refusal of the traced caller, as the auditor sees it."""
    wanted = lambda event: event.trace_id == traced.trace_id and event.type == "call.refused"
    return seen(world.suite.auditor(), service, wanted)[1]


@pytest.fixture(scope="module")
def filed(world):
    return world.filed(JIANGSU)


def test_a_change_says_who_when_what_from_where_and_that_it_was_made(world, filed):
    enterprise, receipt = filed
    submitted = lambda event: (event.type, event.resource) == ("application.submitted", receipt.application)
    event = seen(world.suite.auditor(), APPLICATION, submitted)[1]
    assert event.actor == f"applicant-{enterprise.uscc}"
    assert event.time.seconds == receipt.submit_time.seconds
    assert event.method == "jiebang.application.v1.ApplicationService.SubmitApplication"
    assert event.source_address == HERE
    assert (event.result, event.reason) == (0, "")


def test_what_one_service_asks_of_another_says_for_whom_and_from_where(world):
    _, receipt = world.filed(ZHEJIANG)
    world.recommend(ZHEJIANG, receipt.application)
    held = lambda event: (event.method.rpartition(".")[2], event.resource) == ("HoldApplication", receipt.application)
    event = seen(world.suite.auditor(), APPLICATION, held)[1]
    assert (event.actor, event.on_behalf_of) == ("quota", f"unit-{ZHEJIANG}")
    assert (event.source_address, event.result) == (HERE, 0)


def test_a_refused_write_is_on_record(world, filed):
    enterprise, receipt = filed
    caller = Traced(enterprise.caller)
    with refused(FAILED_PRECONDITION, "APPLICATION_NOT_EDITABLE"):
        caller.call("ApplicationService/SubmitApplication", name=receipt.application, request_id="again")
    event = recorded(world, APPLICATION, caller)
    assert event.actor == f"applicant-{enterprise.uscc}"
    assert event.resource == receipt.application
    assert event.method == "jiebang.application.v1.ApplicationService.SubmitApplication"
    assert event.request_id == "again"
    assert event.source_address == HERE
    assert (event.result, event.reason) == (FAILED_PRECONDITION.value[0], "APPLICATION_NOT_EDITABLE")
    assert receipt.submit_time.seconds <= event.time.seconds < receipt.submit_time.seconds + 600


def test_the_reading_of_what_is_somebody_elses_is_on_record(world, filed):
    caller = Traced(world.unit(ZHEJIANG))
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        caller.call("ApplicationService/GetApplication", name=filed[1].application)
    event = recorded(world, APPLICATION, caller)
    assert event.actor == f"unit-{ZHEJIANG}"
    assert event.resource == filed[1].application
    assert event.method == "jiebang.application.v1.ApplicationService.GetApplication"
    assert event.source_address == HERE
    assert (event.result, event.reason) == (PERMISSION_DENIED.value[0], "NOT_OWNER")


@pytest.mark.parametrize("service, method", [(QUOTA, "ListUnits"), (REVIEW, "ListExperts")])
def test_a_bad_token_is_on_record_where_it_was_shown(world, service, method):
    caller = Traced(world.suite.client.caller("a.b.c"))
    with refused(UNAUTHENTICATED, "TOKEN_MALFORMED"):
        caller.call(f"{service}/{method}")
    event = recorded(world, service, caller)
    assert (event.actor, event.resource) == ("", "")
    assert event.method.endswith(f".{service}.{method}")
    assert event.source_address == HERE
    assert (event.result, event.reason) == (UNAUTHENTICATED.value[0], "TOKEN_MALFORMED")
    assert event.time.seconds > 0


def test_a_role_that_is_not_allowed_is_on_record(world):
    caller = Traced(world.unit(JIANGSU))
    with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
        caller.call("ReviewService/DecideRound")
    event = recorded(world, REVIEW, caller)
    assert event.actor == f"unit-{JIANGSU}"
    assert event.method == "jiebang.review.v1.ReviewService.DecideRound"
    assert event.source_address == HERE
    assert (event.result, event.reason) == (PERMISSION_DENIED.value[0], "ROLE_NOT_ALLOWED")


def test_auditors_and_the_ministry_see_refusals_and_nobody_else(world):
    enterprise, receipt = world.filed(JIANGSU)
    stranger, owner = Traced(world.unit(ZHEJIANG)), Traced(enterprise.caller)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        stranger.call("ApplicationService/GetApplication", name=receipt.application)
    with refused(FAILED_PRECONDITION, "APPLICATION_NOT_EDITABLE"):
        owner.call("ApplicationService/SubmitApplication", name=receipt.application)
    recorded(world, APPLICATION, stranger)
    recorded(world, APPLICATION, owner)
    seen(world.ministry, APPLICATION, lambda event: event.trace_id == owner.trace_id)

    def change():
        caller = Traced(enterprise.caller)
        contact = {"name": enterprise.name, "contact_name": "联系人"}
        caller.call("ApplicationService/UpdateApplicant", applicant=contact)
        return lambda event: event.trace_id == caller.trace_id

    def filing():
        filed = world.filed(JIANGSU)[1].application
        return lambda event: (event.type, event.resource) == ("application.submitted", filed)

    for watcher, happen in ((enterprise.caller, change), (world.unit(JIANGSU), filing)):
        events = seen_in_two_rounds(watcher, happen)
        assert receipt.application in {event.resource for event in events}
        assert {event.trace_id for event in events}.isdisjoint({stranger.trace_id, owner.trace_id})
        assert all(event.result == 0 and not event.type.endswith(".refused") for event in events)


def seen_in_two_rounds(watcher, happen):
    """What a watch shows until it has gone through all shards: what happens after something was seen is seen in a later round."""
    events = []
    with watcher.watch("ApplicationService/WatchEvents") as stream:
        for _ in range(2):
            wanted = happen()
            for answer in stream:
                events.append(answer.entry.event)
                if wanted(events[-1]):
                    break
    return events


RECORD = [f"jiebang.{service}.v1.JournalService/RecordRefusals" for service in SERVICES]


@pytest.mark.parametrize("method", RECORD)
def test_nobody_writes_the_trail(world, method):
    suite = world.suite
    callers = [world.ministry, world.unit(JIANGSU), suite.operator(), suite.auditor(), suite.expert("expert-1")]
    callers.append(world.stranger().caller)
    for caller in callers:
        with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
            caller.call(method, refusals=[{"type": "call.refused"}])
    with refused(UNAUTHENTICATED, "CREDENTIALS_MISSING"):
        suite.nobody().call(method, refusals=[{"type": "call.refused"}])


def test_refusals_in_masses_are_counted_and_hide_nobody(world, filed):
    noisy = world.stranger()
    read = lambda _: noisy.caller.call("ApplicationService/GetApplication", name=filed[1].application)
    assert all(each.reason == "NOT_OWNER" for each in at_once(read, range(400), threads=8))
    quiet = Traced(world.unit(ZHEJIANG))
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        quiet.call("ApplicationService/GetApplication", name=filed[1].application)
    recorded(world, APPLICATION, quiet)

    singly = counted = 0
    with world.suite.auditor().watch("ApplicationService/WatchEvents", timeout=60) as stream:
        for answer in stream:
            event = answer.entry.event
            if event.actor != f"applicant-{noisy.uscc}":
                continue
            assert event.method == "jiebang.application.v1.ApplicationService.GetApplication"
            assert (event.source_address, event.reason) == (HERE, "NOT_OWNER")
            if event.type == "calls.refused":
                counted += int(event.details["count"])
                assert event.details["from"] <= event.details["until"]
            else:
                singly += 1
            if singly + counted >= 400:
                break
    assert singly + counted == 400
    assert counted > 0


def test_what_was_refused_last_is_on_record_after_the_end(own_world):
    world = own_world
    enterprise, receipt = world.filed(JIANGSU)
    at_service, at_gateway = Traced(world.unit(ZHEJIANG)), Traced(world.suite.client.caller("a.b.c"))
    with refused(UNAUTHENTICATED, "TOKEN_MALFORMED"):
        at_gateway.call("ApplicationService/GetApplication", name=receipt.application)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        at_service.call("ApplicationService/GetApplication", name=receipt.application)
    assert set(world.suite.stop().values()) == {0}
    world.suite.start()
    recorded(world, APPLICATION, at_service)
    recorded(world, APPLICATION, at_gateway)
