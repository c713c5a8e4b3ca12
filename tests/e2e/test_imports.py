"""Imports: a result for each item, and each item exactly once, whatever is cut in between."""

import itertools
import threading

import pytest

from conftest import DEPLOYMENTS, START, module_programme
from jiebang_client import CallError
from jiebang_client.contracts import message_class
from jiebang_client.process import wait_until
from jiebang_client.world import JIANGSU, ZHEJIANG, World, at_once

IMPORT = "ApplicationService/ImportApplications"


def items(world, count, prefix, unit=JIANGSU, **more):
    """So many enterprises that are not registered yet, each with an application to be filed."""
    made = []
    for number, stranger in enumerate(world.strangers(count, unit)):
        applicant = {"name": stranger.name, "display_name": f"示例企业{number}", "legal_form": "LEGAL_FORM_LEGAL_PERSON"}
        applicant |= {"region_code": unit, "industry_code": "3831"}
        item = {"item_id": f"{prefix}-{number}", "parent": stranger.parent, "application_id": "imported"}
        made.append(item | {"applicant": applicant, "application": world.content(), "submit": True, **more})
    return made


def name_of(item):
    return f"{item['parent']}/applications/{item['application_id']}"


def reason(outcome):
    for detail in outcome.error.details:
        if detail.type_url.endswith("google.rpc.ErrorInfo"):
            return message_class("google.rpc.ErrorInfo").FromString(detail.value).reason
    return ""


def import_all(world, given, unit=JIANGSU):
    outcomes = list(world.unit(unit).exchange(IMPORT, given))
    assert [each.item_id for each in outcomes] == [each["item_id"] for each in given]
    return outcomes


def filed_events(world, names, count):
    """The events of filings of these applications, once so many have come or none follows any more."""
    found = []
    with world.suite.auditor().watch("ApplicationService/WatchEvents", timeout=5) as events:
        try:
            for answer in events:
                if answer.entry.event.type == "application.submitted" and answer.entry.event.resource in names:
                    found.append(answer.entry.event)
        except CallError:
            pass
    assert len(found) == count, [event.resource for event in found]
    return found


def assert_each_exactly_once(world, given, outcomes):
    """What was answered is what is kept, and nothing was filed twice."""
    for item, outcome in zip(given, outcomes):
        assert not outcome.HasField("error"), outcome
        kept = world.application(name_of(item))
        assert (kept.state, kept.revision) == (kept.STATE_SUBMITTED, 1)
        assert (outcome.name, outcome.receipt.content_digest) == (kept.name, kept.content_digest)
    events = filed_events(world, {name_of(item) for item in given}, len(given))
    assert {event.resource for event in events} == {name_of(item) for item in given}


def test_every_item_gets_its_result(world):
    given = items(world, 4, "mixed")
    given[1]["application"] = {"track": "no-such-track", "title": "无"}
    given[2]["application"] = given[2]["application"] | {"sections": []}
    outcomes = import_all(world, given)
    assert [reason(each) for each in outcomes] == ["", "TRACK_NOT_FOUND", "RULES_VIOLATED", ""]
    assert outcomes[2].violations and outcomes[2].violations[0].clause
    assert world.application(outcomes[0].name).content_digest == outcomes[0].receipt.content_digest
    event = filed_events(world, {outcomes[0].name}, 1)[0]
    assert event.actor == f"unit-{JIANGSU}"
    assert event.on_behalf_of == given[0]["applicant"]["name"]


def test_a_repetition_gets_the_first_results(world):
    given = items(world, 5, "twice")
    first = import_all(world, given)
    again = import_all(world, given)
    assert all(each.repeated for each in again) and not any(each.repeated for each in first)
    assert [each.receipt for each in again] == [each.receipt for each in first]
    assert [each.name for each in again] == [name_of(item) for item in given]


def test_validating_alone_changes_nothing(world):
    given = items(world, 2, "dry", validate_only=True)
    given[1]["application"] = given[1]["application"] | {"sections": []}
    assert [reason(each) for each in import_all(world, given)] == ["", "RULES_VIOLATED"]
    for item in given:
        with pytest.raises(CallError) as caught:
            world.ministry.call("ApplicationService/GetApplicant", name=item["applicant"]["name"])
        assert caught.value.reason == "APPLICANT_NOT_FOUND"


def test_a_unit_imports_for_enterprises_of_its_own_region_alone(world):
    foreign = items(world, 1, "foreign", unit=ZHEJIANG)
    assert [reason(each) for each in import_all(world, foreign, unit=JIANGSU)] == ["NOT_OWNER"]
    # Through its own name, for an enterprise that the programme routes through another.
    foreign[0]["parent"] = foreign[0]["parent"].replace(f"units/{ZHEJIANG}", f"units/{JIANGSU}")
    assert [reason(each) for each in import_all(world, foreign, unit=JIANGSU)] == ["NOT_OF_THIS_UNIT"]


@pytest.mark.parametrize("answers_seen", [0, 1, 7])
def test_a_stream_that_its_caller_cut_is_sent_again(world, answers_seen):
    given = items(world, 15, f"cut-{answers_seen}")
    stream = world.unit(JIANGSU).exchange(IMPORT, given)
    seen = list(itertools.islice(stream, answers_seen))
    stream.close()
    outcomes = import_all(world, given)
    assert all(outcome.repeated for outcome in outcomes[:answers_seen])
    assert [each.receipt for each in outcomes[:answers_seen]] == [each.receipt for each in seen]
    assert_each_exactly_once(world, given, outcomes)


def test_a_stream_goes_on_from_the_last_answer(world):
    given = items(world, 10, "go-on")
    stream = world.unit(JIANGSU).exchange(IMPORT, given)
    seen = list(itertools.islice(stream, 4))
    stream.close()
    rest = import_all(world, given[4:])
    assert_each_exactly_once(world, given, seen + rest)


def test_streams_of_the_same_items_at_once_do_each_item_once(world):
    given = items(world, 8, "at-once")
    streams = at_once(lambda _: import_all(world, given), range(4), threads=4)
    for outcomes in zip(*streams):
        assert [each.repeated for each in outcomes].count(False) == 1
    assert_each_exactly_once(world, given, streams[0])


@pytest.mark.parametrize("deployment", DEPLOYMENTS)
def test_a_stream_survives_the_kill_of_everything(tmp_path, programmes, deployment):
    with DEPLOYMENTS[deployment](tmp_path, START, programmes=programmes) as suite:
        world = World(suite, module_programme(__name__))
        given = items(world, 60, "kill")
        seen, enough = [], threading.Event()

        def send():
            try:
                for outcome in world.unit(JIANGSU).exchange(IMPORT, given):
                    seen.append(outcome)
                    if len(seen) == 10:
                        enough.set()
            except CallError:
                pass

        sender = threading.Thread(target=send)
        sender.start()
        assert enough.wait(60), "the answers did not come"
        suite.kill()
        sender.join()
        assert len(seen) < len(given), "the kill came too late to prove anything"
        suite.start()
        outcomes = import_all(world, given)
        assert all(outcome.repeated for outcome in outcomes[: len(seen)]), "what was answered is kept"
        assert_each_exactly_once(world, given, outcomes)


def experts(prefix, count):
    for number in range(count):
        name = f"{prefix}-{number}"
        expert = {"name": f"experts/{name}", "display_name": f"专家{number}", "employer": "示例研究院"}
        yield {"item_id": name, "expert": expert}


def test_experts_come_in_one_stream_with_one_answer(world):
    prefix = f"{world.programme}-{id(world)}"
    given = list(experts(prefix, 30))
    given[3]["expert"] = given[3]["expert"] | {"display_name": ""}
    answer = world.ministry.collect("ReviewService/ImportExperts", given)
    assert (answer.received_count, answer.created_count, answer.failed_count) == (30, 29, 1)
    assert [(each.item_id, each.position) for each in answer.failures] == [(given[3]["item_id"], 3)]
    again = world.ministry.collect("ReviewService/ImportExperts", given[:3] + given[4:])
    assert (again.repeated_count, again.created_count, again.failed_count) == (29, 0, 0)


def test_a_stream_of_experts_that_was_cut_is_sent_again(world):
    prefix = f"{world.programme}-cut-{id(world)}"
    given = list(experts(prefix, 40))

    class Cut(Exception):
        """What breaks off the sending, and with it the call."""

    def cut_off():
        yield from given[:20]
        wait_until(lambda: known(19), "the registration of what was sent")
        raise Cut

    def known(number):
        try:
            return world.ministry.call("ReviewService/GetExpert", name=given[number]["expert"]["name"])
        except CallError:
            return None

    with pytest.raises(CallError):
        world.ministry.collect("ReviewService/ImportExperts", cut_off())
    answer = world.ministry.collect("ReviewService/ImportExperts", given)
    assert (answer.repeated_count, answer.created_count, answer.failed_count) == (20, 20, 0)
