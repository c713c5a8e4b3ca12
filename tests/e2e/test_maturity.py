"""Maturity over the wire: a draft that several people answer, a batch half of which is broken, sheets, reports, peers."""

import io
import re
import zipfile
from contextlib import suppress

import pytest

from jiebang_client import CallError
from jiebang_client.enterprise import DISCRETE
from jiebang_client.paperwork import answers
from jiebang_client.process import wait_until
from jiebang_client.world import at_once
from refusals import FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, refused

NATIONAL = "models/gbt39116-2020"
KPI_LIST = "programmes/smart-factory-2024-shaanxi/indicatorLists/kpi-2024"


def draft(enterprise, assessment_id="a", **more):
    assessment = {"model": NATIONAL, "manufacturing_type": DISCRETE, "object": enterprise.plant(), **more}
    return enterprise.caller.call(
        "MaturityService/CreateAssessment",
        parent=enterprise.name,
        assessment_id=assessment_id,
        assessment=assessment,
    ).assessment


def by_subdomain(model):
    for element in model.elements:
        for domain in element.domains:
            for subdomain in domain.subdomains:
                yield subdomain


def test_twenty_people_answer_one_draft_at_once(world):
    enterprise = world.enterprise()
    name = draft(enterprise).name

    def answer(subdomain):
        return enterprise.caller.call(
            "MaturityService/SaveAnswers",
            name=name,
            subdomain=subdomain.id,
            answers=[{"item": item.id, "degree": "DEGREE_FULLY"} for item in subdomain.items],
            request_id=f"save-{subdomain.id}",
        )

    saved = at_once(answer, list(by_subdomain(world.model)), threads=20)

    assert not [each for each in saved if isinstance(each, CallError)]
    done = enterprise.caller.call("MaturityService/SubmitAssessment", name=name).assessment
    assert done.result.level == 5
    assert done.result.answered_count == done.result.item_count == 214


def test_half_a_batch_is_broken_and_the_other_half_is_answered(world):
    good = {"model": NATIONAL, "manufacturing_type": DISCRETE, "answers": answers(world.model, DISCRETE, 3)}
    broken = [
        {"model": "models/none", "manufacturing_type": DISCRETE},
        {"model": NATIONAL},
        {"model": NATIONAL, "manufacturing_type": DISCRETE, "degrees": "44"},
        {"model": NATIONAL, "manufacturing_type": DISCRETE, "degrees": "9" * 214},
        {"model": NATIONAL, "manufacturing_type": DISCRETE, "answers": [{"item": "moon-1-a", "degree": "DEGREE_FULLY"}]},
        {"model": NATIONAL, "manufacturing_type": "MANUFACTURING_TYPE_PROCESS", "answers": good["answers"]},
        {**good, "tailored_subdomains": [{"subdomain": "energy", "reason": "无"}]},
        {**good, "answers": [{**good["answers"][0], "note": "长" * 1001}]},
    ]
    requests = [request for pair in zip([good] * len(broken), broken) for request in pair]

    found = list(world.ministry.exchange("MaturityService/EvaluateBatch", requests))

    assert len(found) == len(requests)
    for answer in found[::2]:
        assert answer.result.level == 3 and not answer.HasField("error")
    for answer in found[1::2]:
        assert not answer.HasField("result")
        assert answer.error.message and answer.error.details


def test_a_sheet_comes_back_from_a_spreadsheet(world):
    enterprise = world.enterprise()
    name = draft(enterprise).name
    blank = enterprise.caller.call("InsightService/ExportAssessment", name=name, format="FORMAT_CSV").content
    filled = re.sub(r"(?m)^(.*?-([1-5])-[a-z],[^\r\n]*?),,", lambda row: f"{row[1]},{'全部满足' if row[2] <= '2' else '0'},", blank.decode("utf-8-sig"))

    imported = enterprise.caller.call("MaturityService/ImportAnswers", name=name, sheet=filled.encode("gb18030"))

    assert imported.saved_count == 214, [row for row in imported.rows if row.HasField("error")][:3]
    assert imported.result.level == 2


def test_a_report_is_a_file_that_programs_read(world):
    enterprise = world.enterprise()
    done = enterprise.assess(world.model, 2)
    export = lambda kind: enterprise.caller.call("InsightService/ExportAssessment", name=done.name, format=kind)

    pdf = export("FORMAT_PDF")
    assert pdf.content.startswith(b"%PDF-") and pdf.media_type == "application/pdf"
    sheets = zipfile.ZipFile(io.BytesIO(export("FORMAT_XLSX").content))
    assert "xl/workbook.xml" in sheets.namelist()


def test_peers_are_told_of_when_there_are_five_others(world):
    enterprises = [world.enterprise() for _ in range(6)]
    for enterprise in enterprises:
        enterprise.plant(industry_code="1711")  # spinning: no other test has it
    filed = [enterprise.assess(world.model, level) for level, enterprise in enumerate(enterprises[:5])]

    def benchmark(i):
        return enterprises[i].caller.call(
            "InsightService/GetBenchmark", name=filed[i].name, dimensions=["PEER_DIMENSION_INDUSTRY"]
        ).benchmark

    wait_until(lambda: benchmark(0).events_behind == 0, "the projection")
    assert benchmark(4).withheld and not benchmark(4).HasField("total")

    filed.append(enterprises[5].assess(world.model, 5))

    wait_until(lambda: not benchmark(4).withheld, "the sixth enterprise to count")
    found = benchmark(4)
    assert found.enterprise_count == 5
    assert list(found.level_counts) == [1, 1, 1, 1, 0, 1]
    assert found.total.better_than_permille == 800
    assert any("2024" in line.date for line in found.references)


def test_an_assessor_verifies_beside_what_was_claimed(world):
    enterprise = world.enterprise()
    done = enterprise.assess(world.model, 3)
    expert = world.suite.expert("assessor-1")
    finding = {"item": "data-2-a", "verified": "DEGREE_NOT", "note": "现场未见系统"}
    record = lambda caller, **more: caller.call("InsightService/RecordFindings", name=done.name, **more).verification
    with refused(NOT_FOUND, "VERIFICATION_NOT_FOUND"):
        record(expert, findings=[finding])
    enterprise.caller.call("InsightService/AppointAssessor", name=done.name, assessor="experts/assessor-1")

    verified = record(expert, findings=[finding], complete=True)

    assert verified.claimed.level == 3
    assert verified.verified.levels[1].score.decimal < verified.claimed.levels[1].score.decimal
    with refused(NOT_FOUND, "VERIFICATION_NOT_FOUND"):
        record(world.suite.expert("assessor-2"), findings=[finding])
    with refused(FAILED_PRECONDITION, "VERIFICATION_COMPLETED"):
        record(expert, findings=[finding])


def test_figures_are_those_of_the_notice(world):
    enterprise = world.enterprise()
    name = f"{enterprise.plant()}/kpiReports/2022"
    lists = world.suite.nobody().call("KpiService/ListIndicatorLists").lists
    indicators = [each for group in lists[0].list.groups for each in group.indicators]
    assert lists[0].name == KPI_LIST and len(indicators) == 20

    report = {"name": name, "indicator_list": KPI_LIST}
    with refused(INVALID_ARGUMENT, "KPI_INVALID"):
        values = [{"indicator": "nc-rate", "value": "130"}]
        enterprise.caller.call("KpiService/SaveKpiReport", report={**report, "values": values})
    values = [{"indicator": each.id, "value": each.plausible_least or "1"} for each in indicators]
    enterprise.caller.call("KpiService/SaveKpiReport", report={**report, "values": values})

    changes = enterprise.caller.call("KpiService/CompareKpis", name=name).changes
    assert [change.indicator.number for change in changes] == list(range(1, 21))


def test_a_batch_that_its_caller_leaves_harms_nobody(world):
    good = {"model": NATIONAL, "manufacturing_type": DISCRETE, "degrees": "4" * 214}
    stream = world.ministry.exchange("MaturityService/EvaluateBatch", iter(lambda: good, None), timeout=1)
    with suppress(CallError):
        for _ in stream:
            pass

    assert world.suite.nobody().call("MaturityService/ListModels").names


@pytest.mark.parametrize("role", ["nobody", "auditor"])
def test_a_batch_is_for_those_whose_role_may(world, role):
    caller = getattr(world.suite, role)()
    with pytest.raises(CallError) as refusal:
        list(caller.exchange("MaturityService/EvaluateBatch", [{"model": NATIONAL}]))
    assert refusal.value.reason in ("CREDENTIALS_MISSING", "ROLE_NOT_ALLOWED")
