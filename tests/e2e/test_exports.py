"""Exports: long-running, resumable on both sides, and their caller's alone."""

import csv
import io
import json

import pytest

from conftest import DEPLOYMENTS, START, module_programme
from jiebang_client.contracts import message_class
from jiebang_client.process import wait_until
from jiebang_client.world import JIANGSU, ZHEJIANG, World, at_once
from refusals import FAILED_PRECONDITION, NOT_FOUND, PERMISSION_DENIED, refused

BEGIN = "ExportService/ExportApplications"


@pytest.fixture(scope="module")
def filed(world):
    made = at_once(world.filed, [JIANGSU] * 4 + [ZHEJIANG] * 2, threads=4)
    return sorted(receipt.application for _, receipt in made)


@pytest.fixture
def caller(world):
    """The ministry, which leaves no export behind."""
    yield world.ministry
    for operation in world.ministry.call("ExportService/ListOperations").operations:
        world.ministry.call("ExportService/CancelOperation", name=operation.name)
        world.ministry.call("ExportService/DeleteOperation", name=operation.name)


def parent(world, unit="-"):
    return f"programmes/{world.programme}/units/{unit}/applicants/-"


def opened(any_message):
    return message_class(any_message.type_url.rpartition("/")[2]).FromString(any_message.value)


def finished(caller, operation):
    def done():
        found = caller.call("ExportService/GetOperation", name=operation.name)
        return found if found.done else None

    wait_until(done, f"end of {operation.name}", seconds=60)
    return done()


def download(caller, operation, offset=0):
    parts = []
    with caller.watch("ExportService/DownloadExport", name=operation.name, read_offset=offset) as stream:
        for part in stream:
            assert part.offset == offset
            offset += len(part.data)
            parts.append(part.data)
    return b"".join(parts)


def test_an_export_holds_every_application_once(world, filed, caller):
    begun = caller.call(BEGIN, parent=parent(world))
    done = finished(caller, begun)
    response, metadata = opened(done.response), opened(done.metadata)
    lines = download(caller, done).decode().splitlines()
    exported = [json.loads(line) for line in lines]
    assert [each["name"] for each in exported] == filed
    assert all(each["contentDigest"] == world.application(each["name"]).content_digest for each in exported)
    assert response.exported_count == metadata.exported_count == metadata.estimated_count == len(filed)
    assert metadata.start_time.seconds and metadata.expire_time.seconds > metadata.create_time.seconds


def test_a_download_goes_on_where_it_was_cut(world, filed, caller):
    done = finished(caller, caller.call(BEGIN, parent=parent(world), format="FORMAT_CSV"))
    whole = download(caller, done)
    assert len(whole) == opened(done.response).size_bytes
    for offset in (1, len(whole) // 2, len(whole)):
        assert download(caller, done, offset) == whole[offset:]


def test_a_spreadsheet_reads_it(world, filed, caller):
    enterprise = world.enterprise()
    enterprise.file("formula", world.content(title='=HYPERLINK("http://evil")'))
    done = finished(caller, caller.call(BEGIN, parent=parent(world, JIANGSU), format="FORMAT_CSV"))
    assert opened(done.response).file_name == f"{world.programme}-{JIANGSU}.csv"
    text = download(caller, done)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    row = next(each for each in rows if each["统一社会信用代码"] == enterprise.uscc)
    assert row["项目名称"] == "'=HYPERLINK(\"http://evil\")"
    assert row["状态"] == "已提交"


def test_a_unit_exports_its_own_alone(world, filed):
    unit = world.unit(ZHEJIANG)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        unit.call(BEGIN, parent=parent(world))
    done = finished(unit, unit.call(BEGIN, parent=parent(world, ZHEJIANG)))
    exported = [json.loads(line)["name"] for line in download(unit, done).decode().splitlines()]
    assert exported == [name for name in filed if f"units/{ZHEJIANG}" in name]
    with refused(NOT_FOUND, "OPERATION_NOT_FOUND"):
        world.ministry.call("ExportService/GetOperation", name=done.name)
    with refused(NOT_FOUND, "OPERATION_NOT_FOUND"):
        download(world.unit(JIANGSU), done)
    unit.call("ExportService/DeleteOperation", name=done.name)
    with refused(NOT_FOUND, "OPERATION_NOT_FOUND"):
        unit.call("ExportService/GetOperation", name=done.name)


def test_a_repetition_begins_no_second_one(world, caller):
    first = caller.call(BEGIN, parent=parent(world), operation_id="nightly")
    assert caller.call(BEGIN, parent=parent(world), operation_id="nightly").name == first.name
    assert len(caller.call("ExportService/ListOperations").operations) == 1


def test_five_are_the_most(world, caller):
    for _ in range(5):
        caller.call(BEGIN, parent=parent(world))
    with refused(FAILED_PRECONDITION, "TOO_MANY_EXPORTS"):
        caller.call(BEGIN, parent=parent(world))


@pytest.mark.parametrize("deployment", DEPLOYMENTS)
def test_an_export_survives_the_kill_of_everything(tmp_path, programmes, deployment):
    """Killed when it has begun and at a few moments after that; whatever it had done, the file holds each application once."""
    with DEPLOYMENTS[deployment](tmp_path, START, programmes=programmes) as suite:
        world = World(suite, module_programme(__name__))
        made = at_once(world.filed, [JIANGSU] * 12 + [ZHEJIANG] * 12, threads=8)
        names = sorted(receipt.application for _, receipt in made)
        begun = [world.ministry.call(BEGIN, parent=parent(world)) for _ in range(3)]
        suite.kill()
        suite.start()
        begun += [world.ministry.call(BEGIN, parent=parent(world)) for _ in range(2)]
        suite.kill()
        suite.start()
        for operation in begun:
            done = finished(world.ministry, operation)
            assert not done.HasField("error"), done
            exported = [json.loads(line)["name"] for line in download(world.ministry, done).decode().splitlines()]
            assert exported == names
