"""Python's grpcio, with message classes that Debian's protobuf makes of our contracts."""

import json
import threading
import time

import grpc
from google.protobuf import json_format

from clients.expectations import is_chinese, refusal_of_rpc
from jiebang_client import contracts

APPLICATIONS = "jiebang.application.v1.ApplicationService"


class Stub:
    """The methods of one service for one caller."""

    def __init__(self, channel, service, bearer=None):
        self._channel = channel
        self._service = service
        self._metadata = (("authorization", bearer),) if bearer else ()

    def unary(self, name, /, **fields):
        method = contracts.method(f"{self._service}/{name}")
        call = self._channel.unary_unary(method.path, method.request.SerializeToString, method.response.FromString)
        return call(method.request(**fields), metadata=self._metadata, timeout=20)

    def stream(self, name, /, timeout, **fields):
        method = contracts.method(f"{self._service}/{name}")
        call = self._channel.unary_stream(method.path, method.request.SerializeToString, method.response.FromString)
        return call(method.request(**fields), metadata=self._metadata, timeout=timeout)

    def exchange(self, name, requests):
        method = contracts.method(f"{self._service}/{name}")
        call = self._channel.stream_stream(method.path, method.request.SerializeToString, method.response.FromString)
        return call((method.request(**fields) for fields in requests), metadata=self._metadata, timeout=20)

    def collect(self, name, requests):
        method = contracts.method(f"{self._service}/{name}")
        call = self._channel.stream_unary(method.path, method.request.SerializeToString, method.response.FromString)
        return call(iter(requests), metadata=self._metadata, timeout=20)

    def converse(self, name, requests):
        """The answers of a stream, of which each is awaited before the next request is sent."""
        method = contracts.method(f"{self._service}/{name}")
        call = self._channel.stream_stream(method.path, method.request.SerializeToString, method.response.FromString)
        answered = threading.Semaphore()

        def one_by_one():
            for request in requests:
                answered.acquire()
                yield request

        for answer in call(one_by_one(), metadata=self._metadata, timeout=20):
            yield answer
            answered.release()

    def parsed(self, name, document):
        """A request as JSON has it."""
        return json_format.ParseDict(document, contracts.method(f"{self._service}/{name}").request())


def run(setting, checks):
    document, job = setting.document, setting.document["jobs"]["grpcio"]
    name = f"{job['parent']}/applications/interop"
    with grpc.insecure_channel(document["grpc"], options=[("grpc.enable_http_proxy", 0)]) as channel:
        me, nobody = Stub(channel, APPLICATIONS, job["bearer"]), Stub(channel, APPLICATIONS)
        with checks.check("grpc: lists the programmes without credentials"):
            assert document["programme"] in nobody.unary("ListProgrammes").names
        with checks.check("grpc: registers an enterprise"):
            applicant = {_snake(key): value for key, value in job["applicant"].items()}
            assert me.unary("CreateApplicant", applicant=applicant).applicant.display_name == applicant["display_name"]
        with checks.check("grpc: starts a draft"):
            request = {"parent": job["parent"], "application_id": "interop", "application": document["draft"]}
            assert me.unary("CreateApplication", **request).application.title == document["draft"]["title"]
        with checks.check("grpc: is refused with every clause, in English and Chinese"):
            refused = refusal_of_rpc(lambda: me.unary("SubmitApplication", name=name))
            assert (refused.code, refused.reason) == ("FAILED_PRECONDITION", "RULES_VIOLATED")
            assert refused.message and is_chinese(refused.message_zh) and len(refused.violations) > 1
        with checks.check("grpc: changes what the mask names"):
            application = document["content"] | {"name": name, "title": "not in the mask"}
            mask = {"paths": ["sections", "scenario_instances", "declarations"]}
            changed = me.unary("UpdateApplication", application=application, update_mask=mask).application
            assert changed.title == document["draft"]["title"]
        with checks.check("grpc: files it"):
            assert len(me.unary("SubmitApplication", name=name).receipt.content_digest) == 64
        with checks.check("grpc: lists page by page"):
            assert name in _all_pages(Stub(channel, APPLICATIONS, document["unitBearer"]), document["unit"])
        with checks.check("grpc: is refused what is another's"):
            refused = refusal_of_rpc(lambda: Stub(channel, APPLICATIONS, document["stranger"]).unary("GetApplication", name=name))
            assert (refused.code, refused.reason) == ("PERMISSION_DENIED", "NOT_OWNER")
        with checks.check("grpc: watches what happens"):
            stream = me.stream("WatchEvents", timeout=20)
            entry = next(each.entry for each in stream if each.entry.event.type == "application.submitted")
            stream.cancel()
            assert entry.event.resource == name
        with checks.check("grpc: stops waiting at its deadline"):
            refused = refusal_of_rpc(lambda: list(me.stream("WatchEvents", timeout=0.7, resume_token=entry.resume_token)))
            assert refused.code == "DEADLINE_EXCEEDED"
        with checks.check("grpc: evaluates a batch on one stream"):
            stub = Stub(channel, "jiebang.maturity.v1.MaturityService", document["ministryBearer"])
            request = {"model": document["model"], "manufacturing_type": "MANUFACTURING_TYPE_DISCRETE"}
            answers = stub.exchange("EvaluateBatch", (request | {"evaluation_id": key} for key in "abc"))
            assert [answer.evaluation_id for answer in answers] == ["a", "b", "c"]
        _streams(document, channel, lambda what: checks.check(f"grpc: {what}"))


def _streams(document, channel, check):
    imports = document["imports"]["grpcio"]
    stub = lambda service: Stub(channel, service, document["ministryBearer"])
    reviews, applications, exports = map(stub, ("jiebang.review.v1.ReviewService", APPLICATIONS, "jiebang.application.v1.ExportService"))
    with check("imports experts in one stream with one answer"):
        answer = reviews.collect("ImportExperts", [reviews.parsed("ImportExperts", each) for each in imports["experts"]])
        assert (answer.received_count, answer.created_count, answer.failed_count) == (3, 2, 1), answer
        assert answer.failures[0].item_id == imports["experts"][1]["itemId"], answer
    with check("imports applications, each answered before the next is sent"):
        items = [applications.parsed("ImportApplications", each) for each in imports["applications"]]
        results = list(applications.converse("ImportApplications", items))
        assert [each.item_id for each in results] == [each.item_id for each in items]
        assert [len(each.receipt.content_digest) for each in results] == [64, 0, 64] and results[1].violations, results
    with check("is told that it was imported before"):
        again = applications.converse("ImportApplications", items)
        assert [(each.repeated, each.receipt) for each in again][::2] == [(True, each.receipt) for each in results[::2]]
    with check("exports, asks until it is done, and downloads"):
        name = exports.unary("ExportApplications", parent=f"{document['unit']}/applicants/-").name
        ends = time.monotonic() + 20
        while not exports.unary("GetOperation", name=name).done:
            assert time.monotonic() < ends, "the export goes on and on"
            time.sleep(0.1)
        text = b"".join(part.data for part in exports.stream("DownloadExport", timeout=20, name=name)).decode()
        assert set(imports["filed"]) <= {json.loads(line)["name"] for line in text.splitlines()}, text
        exports.unary("DeleteOperation", name=name)


def _all_pages(unit, parent):
    names, token = [], ""
    while True:
        page = unit.unary("ListApplications", parent=f"{parent}/applicants/-", page_size=2, page_token=token)
        assert len(page.applications) <= 2
        names += [each.name for each in page.applications]
        token = page.next_page_token
        if not token:
            assert len(set(names)) == len(names) > 2
            return names


def _snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
