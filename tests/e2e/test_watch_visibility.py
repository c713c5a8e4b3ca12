"""A whole programme happens; then everybody asks every service what happened, and sees exactly what is theirs.

What each role may see is worked out here again, in Python, from what the auditor sees.
"""

import re

import pytest

from conftest import START, module_programme
from jiebang_client import EmbeddedSuite
from jiebang_client.suite import SERVICES
from jiebang_client.world import DALIAN, JIANGSU, ZHEJIANG, World
from refusals import PERMISSION_DENIED, UNAUTHENTICATED, refused
from test_main_job import file_and_recommend, publish, review

TRAIL = {"record.changed", "call.refused", "calls.refused"}
# Who may ask at all.
WATCHERS = {
    "application": {"applicant", "unit", "ministry", "auditor"},
    "quota": {"unit", "ministry", "auditor"},
    "review": {"ministry", "auditor"},
    "maturity": {"applicant", "ministry", "auditor"},
    "publiclist": {"ministry", "auditor"},
}
CASES = [(service, role) for service, roles in WATCHERS.items() for role in sorted(roles)]


class Programme:
    """What happened, and who asks."""

    def __init__(self, world):
        self.world = world
        file_and_recommend(world, JIANGSU, 3)
        file_and_recommend(world, ZHEJIANG, 3)
        self.enterprise, _ = world.filed(JIANGSU)
        self.enterprise.assess(world.model, 2)
        world.enterprise(ZHEJIANG).assess(world.model, 1)
        world.draft(JIANGSU)
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            world.unit(ZHEJIANG).call("QuotaService/GetRecommendationList", name=world.list_name(JIANGSU))
        publish(world, review(world))
        self.callers = {
            "applicant": self.enterprise.caller,
            "unit": world.unit(JIANGSU),
            "ministry": world.ministry,
            "auditor": world.suite.auditor(),
            "expert": world.suite.expert("expert-1"),
            "operator": world.suite.operator(),
        }
        # The refusal above is written within a second.
        self.wait_for_refusal()
        self.all = {service: entries_of(self.callers["auditor"], service) for service in SERVICES}

    def wait_for_refusal(self):
        with self.callers["auditor"].watch("QuotaService/WatchEvents") as stream:
            next(answer for answer in stream if answer.entry.event.type == "call.refused")

    def may_see(self, role, event):
        if role == "auditor":
            return True
        if event.type == "record.changed" or is_draft(event) and role != "applicant":
            return False
        if role == "ministry":
            return True
        if event.type in TRAIL:
            return False
        own = f"applicants/{self.enterprise.uscc}" if role == "applicant" else f"units/{JIANGSU}"
        return f"/{event.resource}/".find(f"/{own}/") >= 0


@pytest.fixture(scope="module")
def programme(tmp_path_factory, programmes):
    with EmbeddedSuite(tmp_path_factory.mktemp("visibility"), START, programmes=programmes) as suite:
        yield Programme(World(suite, module_programme(__name__)))


def is_draft(event):
    of_draft = {"created", "updated", "answered", "imported", "attached"}
    noun, _, verb = event.type.partition(".")
    return event.details.get("state") == "STATE_DRAFT" or noun == "assessment" and verb in of_draft


def method_of(service, name):
    return f"{SERVICES[service].rpartition('.')[2]}/{name}"


def entries_of(caller, service, page_size=50):
    entries, token = [], ""
    while True:
        page = caller.call(method_of(service, "ListEvents"), resume_token=token, page_size=page_size)
        if not page.entries:
            return entries
        entries += page.entries
        token = page.resume_token


def places(entries):
    return sorted((entry.shard, entry.sequence) for entry in entries)


@pytest.mark.parametrize("service, role", CASES)
def test_everybody_sees_exactly_what_is_theirs(programme, service, role):
    known = places(programme.all[service])  # what was refused to other tests meanwhile does not count
    seen = [entry for entry in entries_of(programme.callers[role], service) if (entry.shard, entry.sequence) in known]
    wanted = [entry for entry in programme.all[service] if programme.may_see(role, entry.event)]
    assert places(seen) == places(wanted)
    assert seen, "nothing to see proves nothing"


@pytest.mark.parametrize("service, role", CASES)
def test_a_watch_shows_what_the_pages_show(programme, service, role):
    listed = entries_of(programme.callers[role], service, page_size=7)
    watched = []
    with programme.callers[role].watch(method_of(service, "WatchEvents")) as stream:
        for answer in stream:
            watched.append(answer.entry)
            if len(watched) == len(listed):
                break
    assert places(watched) == places(listed)
    assert {entry.event.type for entry in watched} == {entry.event.type for entry in listed}


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_else_is_told_anything(programme, service):
    for method in ("WatchEvents", "ListEvents"):
        for role in set(programme.callers) - WATCHERS[service]:
            with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
                ask(programme.callers[role], service, method)
        with refused(UNAUTHENTICATED, "CREDENTIALS_MISSING"):
            ask(programme.world.suite.nobody(), service, method)


def ask(caller, service, method):
    if method == "ListEvents":
        return caller.call(method_of(service, method))
    with caller.watch(method_of(service, method)) as stream:
        return next(stream)


@pytest.mark.parametrize("service, role", [case for case in CASES if case[1] in ("applicant", "unit")])
def test_no_applicant_and_no_unit_learns_of_experts_records_or_addresses(programme, service, role):
    """Invariant 4: no applicant learns who scored."""
    caller = programme.callers[role]
    mine = f"applicant-{programme.enterprise.uscc}" if role == "applicant" else f"unit-{JIANGSU}"
    for entry in entries_of(caller, service):
        assert not re.search(r"expert", str(entry)), entry
        assert not entry.event.changes
        if entry.event.actor != mine:
            assert (entry.event.source_address, entry.event.request_id) == ("", "")


@pytest.mark.parametrize("service", SERVICES)
def test_changes_of_records_are_for_auditors_alone(programme, service):
    assert any(entry.event.changes for entry in programme.all[service])
    assert not any(entry.event.changes for entry in entries_of(programme.callers["ministry"], service))


def test_what_happened_is_all_there(programme):
    """So that what is compared above is the whole programme."""
    types = {entry.event.type for entries in programme.all.values() for entry in entries}
    assert types >= {
        *("application.created", "application.submitted", "recommendation.held", "recommendation_list.submitted", "call.refused"),
        *("expert.created", "round.created", "round.assigned", "score.submitted", "round.ranked", "round.decided"),
        *("assessment.created", "assessment.submitted", "list.built", "list.publicised", "list.announced"),
    }
    assert any(is_draft(entry.event) for entry in programme.all["application"])


def test_more_roles_show_no_more_than_their_resources(programme):
    """An operator owns everything in order to run it, and watches nothing: with a unit's role it watches as the unit."""
    suite = programme.world.suite
    both = suite.caller(sub="operator-and-unit", roles=["operator", "unit"], unit=DALIAN)
    for entry in entries_of(both, "quota") + entries_of(both, "application"):
        assert f"units/{DALIAN}" in entry.event.resource, entry.event
    as_applicant = suite.caller(sub="two", roles=["applicant", "unit"], uscc=programme.enterprise.uscc, unit=DALIAN)
    for entry in entries_of(as_applicant, "application"):
        assert f"units/{DALIAN}" in entry.event.resource or programme.enterprise.uscc in entry.event.resource


def test_a_token_of_another_opens_nothing(programme):
    """A resume token is a place and no permission."""
    ministry = programme.callers["ministry"].call("ApplicationService/ListEvents", page_size=1)
    stranger = programme.world.unit(DALIAN)
    page = stranger.call("ApplicationService/ListEvents", resume_token=ministry.resume_token)
    assert not page.entries


def test_a_page_waits_for_what_happens(programme):
    caller = programme.callers["applicant"]
    now = caller.call("ApplicationService/ListEvents", from_now=True)
    assert not now.entries and now.resume_token
    waiting = caller.start("ApplicationService/ListEvents", resume_token=now.resume_token, wait_seconds=30)
    caller.call("ApplicationService/UpdateApplicant", applicant={"name": programme.enterprise.name, "contact_name": "联系人"})
    page = waiting.result()
    assert [entry.event.type for entry in page.entries] == ["applicant.updated"]
