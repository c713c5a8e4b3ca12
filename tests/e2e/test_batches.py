"""BatchGet: all that is named, in the order of the names, or an error that names every one that is missing."""

import pytest

from jiebang_client.world import JIANGSU, ZHEJIANG, at_once
from refusals import FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, refused

APPLICATIONS = "ApplicationService/BatchGetApplications"


@pytest.fixture(scope="module")
def filed(world):
    """The names of applications of two units."""
    made = at_once(world.filed, [JIANGSU] * 6 + [ZHEJIANG] * 2, threads=4)
    return [receipt.application for _, receipt in made]


def names_of(answer):
    return [each.name for each in answer.applications]


def test_applications_come_whole_and_in_the_order_of_their_names(world, filed):
    wanted = [*reversed(filed), filed[0]]
    answer = world.ministry.call(APPLICATIONS, names=wanted)
    assert names_of(answer) == wanted
    assert all(each == world.application(each.name) for each in answer.applications), "as GetApplication gives them"


def test_a_unit_asks_for_its_own_alone(world, filed):
    own, foreign = filed[:6], filed[6:]
    assert names_of(world.unit(JIANGSU).call(APPLICATIONS, names=own)) == own
    with refused(PERMISSION_DENIED, "NOT_OWNER") as caught:
        world.unit(JIANGSU).call(APPLICATIONS, names=own + foreign)
    assert caught.value.metadata["resource"] == foreign[0]


def test_an_applicant_asks_for_its_own_alone(world, filed):
    enterprise, draft = world.draft()
    assert names_of(enterprise.caller.call(APPLICATIONS, names=[draft.name])) == [draft.name]
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        enterprise.caller.call(APPLICATIONS, names=[draft.name, filed[0]])
    with refused(NOT_FOUND, "BATCH_INCOMPLETE"):  # to others it is not there yet
        world.ministry.call(APPLICATIONS, names=[draft.name])


def test_every_missing_one_is_named(world, filed):
    names = []
    for number in range(1000):
        names.append(filed[number % 8] if number % 2 else f"{filed[0][:-1]}x{number}")
    with refused(NOT_FOUND, "BATCH_INCOMPLETE") as caught:
        world.ministry.call(APPLICATIONS, names=names)
    told = ",".join(description for field, description in caught.value.fields if field == "names")
    assert told == ",".join(str(number) for number in range(0, 1000, 2))
    assert ("names[0]", names[0]) in caught.value.fields
    assert caught.value.metadata["missing_count"] == "500"


def test_a_parent_holds_all_of_them(world, filed):
    parent = f"programmes/{world.programme}/units/{JIANGSU}/applicants/-"
    assert names_of(world.ministry.call(APPLICATIONS, parent=parent, names=filed[:6])) == filed[:6]
    with refused(INVALID_ARGUMENT, "NAME_NOT_IN_PARENT"):
        world.ministry.call(APPLICATIONS, parent=parent, names=filed)


def test_a_thousand_names_are_the_most(world, filed):
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID"):
        world.ministry.call(APPLICATIONS, names=[filed[0]] * 1001)
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID"):
        world.ministry.call(APPLICATIONS, names=[])


def test_what_does_not_fit_into_one_answer_says_how_many_do(world):
    enterprise = world.enterprise()
    texts = world.content() | {"sections": [{"section": f"long-{n}", "text": "长" * 20000} for n in range(16)]}
    name = enterprise.draft("large", texts).name  # a megabyte
    with refused(FAILED_PRECONDITION, "BATCH_TOO_LARGE") as caught:
        enterprise.caller.call(APPLICATIONS, names=[name] * 8)
    fitting = int(caught.value.metadata["fitting"])
    assert 1 <= fitting < 8
    assert len(enterprise.caller.call(APPLICATIONS, names=[name] * fitting).applications) == fitting


def test_applicants_units_and_assessments_come_in_batches_too(world):
    enterprises = [world.enterprise() for _ in range(2)]
    assessments = [each.assess(world.model, 2).name for each in enterprises]
    names = [each.name for each in enterprises]
    found = world.ministry.call("ApplicationService/BatchGetApplicants", names=names).applicants
    assert [each.name for each in found] == names
    found = world.ministry.call("MaturityService/BatchGetAssessments", names=assessments).assessments
    assert [each.name for each in found] == assessments
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        enterprises[0].caller.call("MaturityService/BatchGetAssessments", names=assessments)
    units = [f"units/{ZHEJIANG}", f"units/{JIANGSU}"]
    found = world.suite.nobody().call("QuotaService/BatchGetUnits", names=units).units
    assert [each.name for each in found] == units
