"""Plain curl: what somebody types who has nothing but the documentation. REST paths, and Connect without its libraries."""

import gzip
import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

from clients.expectations import is_chinese, refusal_of_details

APPLICATIONS = "/jiebang.application.v1.ApplicationService"
HTTP_OF = {"FAILED_PRECONDITION": 400, "INVALID_ARGUMENT": 400, "PERMISSION_DENIED": 403, "UNAUTHENTICATED": 401, "NOT_FOUND": 404}


class Answer:
    def __init__(self, status, head, body):
        self.status = status
        self.headers = {}
        for line in head.splitlines():
            name, colon, value = line.partition(":")
            if colon:
                self.headers[name.strip().lower()] = value.strip()
        self.body = body

    @property
    def json(self):
        assert self.headers.get("content-type", "").startswith("application/json"), f"{self.status} {self.headers} {self.body[:200]}"
        return json.loads(self.body)

    @property
    def good(self):
        """The message of a call that succeeded."""
        assert self.status == 200, f"{self.status} {self.body[:400]}"
        return self.json

    @property
    def connect_error(self):
        error = self.json
        return refusal_of_details(error["code"].upper(), error["message"], error.get("details", ()))

    @property
    def rest_error(self):
        error = self.json["error"]
        assert error["code"] == self.status, f"{error['code']} in an answer of {self.status}"
        return refusal_of_details(error["status"], error["message"], error["details"])


class Curl:
    def __init__(self, base):
        self._base = base

    def ask(self, path, *options, bearer=None, body=None, verb=None):
        """One request; `body`: bytes as they are, or what becomes JSON."""
        command = ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20", *options]
        if bearer:
            command += ["--header", f"Authorization: {bearer}"]
        if verb:
            command += ["--request", verb]
        with tempfile.TemporaryDirectory() as directory:
            head, said = Path(directory) / "head", Path(directory) / "body"
            if body is not None:
                sent = Path(directory) / "sent"
                sent.write_bytes(body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode())
                command += ["--header", "Content-Type: application/json", "--data-binary", f"@{sent}"]
            command += ["--dump-header", head, "--output", said, "--write-out", "%{http_code}", self._base + path]
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode == 0, f"curl ended with {done.returncode}: {done.stderr}"
            # Of a request with "Expect: 100-continue" the last head is the answer's.
            last = head.read_text().strip().replace("\r", "").split("\n\n")[-1]
            return Answer(int(done.stdout), last, said.read_bytes() if said.exists() else b"")

    def first_line(self, path, bearer, wanted):
        """The first line of an answer that does not end, which is wanted."""
        command = ["curl", "--silent", "--no-buffer", "--noproxy", "*", "--max-time", "20"]
        command += ["--header", f"Authorization: {bearer}", self._base + path]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if wanted(json.loads(line)):
                    return json.loads(line)
            raise AssertionError(f"the stream ended: {''.join(lines)[-300:]}")
        finally:
            process.kill()
            process.wait()


def run(setting, checks):
    document = setting.document
    curl = Curl(document["http"])
    jobs = document["jobs"]
    _connect(document, jobs["curl connect"], curl, lambda what: checks.check(f"connect: {what}"))
    _rest(document, jobs["curl rest"], curl, lambda what: checks.check(f"rest: {what}"))


def expect(answer, refused, code, reason):
    assert (refused.code, refused.reason, answer.status) == (code, reason, HTTP_OF[code]), (refused, answer.status)
    assert refused.message and is_chinese(refused.message_zh), refused


def _expect_clauses(answer, refused):
    expect(answer, refused, "FAILED_PRECONDITION", "RULES_VIOLATED")
    assert len(refused.violations) > 1 and all(each["type"] and each["description"] for each in refused.violations), refused
    assert any(is_chinese(each["description"]) for each in refused.violations), refused


def _keeps(curl, path):
    """A reading that can be kept and asked for again."""
    first = curl.ask(path)
    assert first.good and first.headers.get("cache-control"), first.headers
    etag = first.headers["etag"]
    again = curl.ask(path, "--header", f"If-None-Match: {etag}")
    assert (again.status, again.body) == (304, b""), (again.status, again.body[:100])
    assert again.headers["etag"] == etag
    assert curl.ask(path, "--header", 'If-None-Match: "another"').status == 200


def _is_compressed(curl, path, **more):
    plain, packed = curl.ask(path, **more), curl.ask(path, "--header", "Accept-Encoding: gzip", **more)
    assert packed.headers.get("content-encoding") == "gzip", packed.headers
    assert len(packed.body) < len(plain.body)
    assert json.loads(gzip.decompress(packed.body)) == plain.good


def _connect(document, job, curl, check):
    name, bearer = f"{job['parent']}/applications/interop", job["bearer"]
    post = lambda method, request, bearer=None: curl.ask(f"{APPLICATIONS}/{method}", bearer=bearer, body=request)
    with check("lists the programmes without credentials"):
        assert document["programme"] in post("ListProgrammes", {}).good["names"]
    with check("registers an enterprise"):
        made = post("CreateApplicant", {"applicant": job["applicant"]}, bearer).good
        assert made["applicant"]["displayName"] == job["applicant"]["displayName"], made
    with check("starts a draft"):
        request = {"parent": job["parent"], "applicationId": "interop", "application": document["draft"]}
        assert post("CreateApplication", request, bearer).good["application"]["title"] == document["draft"]["title"]
    with check("is refused with every clause, in English and Chinese"):
        answer = post("SubmitApplication", {"name": name}, bearer)
        _expect_clauses(answer, answer.connect_error)
    with check("changes what the mask names"):
        application = document["content"] | {"name": name, "title": "not in the mask"}
        request = {"application": application, "updateMask": "sections,scenarioInstances,declarations"}
        assert post("UpdateApplication", request, bearer).good["application"]["title"] == document["draft"]["title"]
    with check("files it"):
        assert len(post("SubmitApplication", {"name": name}, bearer).good["receipt"]["contentDigest"]) == 64
    with check("is refused what is another's"):
        answer = post("GetApplication", {"name": name}, document["stranger"])
        expect(answer, answer.connect_error, "PERMISSION_DENIED", "NOT_OWNER")
    with check("is refused without credentials"):
        answer = post("GetApplication", {"name": name})
        expect(answer, answer.connect_error, "UNAUTHENTICATED", "CREDENTIALS_MISSING")
    message = quote(json.dumps({"name": document["programme"]}))
    path = f"{APPLICATIONS}/GetProgramme?connect=v1&encoding=json&message={message}"
    with check("reads with GET, and again only what changed"):
        _keeps(curl, path)
    with check("takes gzip"):
        _is_compressed(curl, path)
    with check("sends gzip"):
        body = gzip.compress(json.dumps({"name": document["programme"]}).encode())
        assert curl.ask(f"{APPLICATIONS}/GetProgramme", "--header", "Content-Encoding: gzip", body=body).good["programme"]["tracks"]
    with check("is told of another encoding which ones there are"):
        answer = curl.ask(f"{APPLICATIONS}/GetProgramme", "--header", "Content-Encoding: br", body=b"x")
        assert answer.connect_error.code == "UNIMPLEMENTED" and "gzip" in answer.connect_error.message, answer.body
    with check("is told of another media type that it is not taken"):
        assert curl.ask(f"{APPLICATIONS}/ListProgrammes", "--header", "Content-Type: text/xml", "--data", "<a/>").status == 415
    with check("is told of a method that is none"):
        answer = curl.ask("/jiebang.application.v1.ApplicationService/NoSuchMethod", body={})
        assert answer.status in (404, 501) and answer.connect_error.code in ("UNIMPLEMENTED", "NOT_FOUND"), (answer.status, answer.body)
    with check("reads what writes with POST alone"):
        query = f"connect=v1&encoding=json&message={quote(json.dumps({'name': name}))}"
        assert curl.ask(f"{APPLICATIONS}/SubmitApplication?{query}", bearer=bearer).status == 405
    with check("gives a timeout that is none"):
        answer = curl.ask(f"{APPLICATIONS}/ListProgrammes", "--header", "Connect-Timeout-Ms: soon", body={})
        assert answer.status == 400 and answer.connect_error.code == "INVALID_ARGUMENT", answer.body


def _rest(document, job, curl, check):
    name, bearer = f"{job['parent']}/applications/interop", job["bearer"]
    with check("lists the programmes without credentials"):
        assert document["programme"] in curl.ask("/v1/programmes").good["names"]
    with check("registers an enterprise"):
        made = curl.ask("/v1/applicants", bearer=bearer, body=job["applicant"]).good
        assert made["applicant"]["displayName"] == job["applicant"]["displayName"], made
    with check("starts a draft"):
        path = f"/v1/{job['parent']}/applications?applicationId=interop"
        made = curl.ask(path, bearer=bearer, body=document["draft"]).good
        assert (made["application"]["title"], made["application"]["state"]) == (document["draft"]["title"], "STATE_DRAFT"), made
    with check("is refused with every clause, in English and Chinese"):
        answer = curl.ask(f"/v1/{name}:submit", bearer=bearer, body={})
        _expect_clauses(answer, answer.rest_error)
    with check("changes what the mask names"):
        path = f"/v1/{name}?updateMask=sections,scenarioInstances,declarations"
        body = document["content"] | {"title": "not in the mask"}
        changed = curl.ask(path, bearer=bearer, body=body, verb="PATCH").good
        assert changed["application"]["title"] == document["draft"]["title"], changed
    with check("changes what the body names where there is no mask"):
        changed = curl.ask(f"/v1/{name}", bearer=bearer, body={"title": "改名"}, verb="PATCH").good
        assert changed["application"]["title"] == "改名" and changed["application"]["sections"], changed
    with check("files it"):
        assert len(curl.ask(f"/v1/{name}:submit", bearer=bearer, body={}).good["receipt"]["contentDigest"]) == 64
    with check("lists page by page"):
        names, token = [], ""
        while True:
            query = urlencode({"pageSize": 2, "pageToken": token} if token else {"page_size": 2})
            page = curl.ask(f"/v1/{document['unit']}/applicants/-/applications?{query}", bearer=document["unitBearer"]).good
            names += [each["name"] for each in page["applications"]]
            token = page.get("nextPageToken")
            if not token:
                break
        assert name in names and len(set(names)) == len(names) > 2, names
    with check("is refused what is another's"):
        answer = curl.ask(f"/v1/{name}", bearer=document["stranger"])
        expect(answer, answer.rest_error, "PERMISSION_DENIED", "NOT_OWNER")
    with check("is refused without credentials"):
        answer = curl.ask(f"/v1/{name}")
        expect(answer, answer.rest_error, "UNAUTHENTICATED", "CREDENTIALS_MISSING")
    with check("is told that there is none"):
        answer = curl.ask("/v1/units/999999")
        expect(answer, answer.rest_error, "NOT_FOUND", "UNIT_NOT_FOUND")
    with check("is told of a path that is none, and of a verb that a path has not"):
        assert curl.ask("/v1/emperors").rest_error.code == "NOT_FOUND"
        answer = curl.ask("/v1/programmes", verb="DELETE")
        assert answer.status == 405 and "GET" in answer.headers["allow"], (answer.status, answer.headers)
        assert answer.rest_error.message
    with check("is told of a parameter that is none"):
        answer = curl.ask("/v1/units?pageSice=2")
        assert answer.status == 400 and answer.rest_error.violations[0]["field"], answer.body
    path = f"/v1/{document['programme']}"
    with check("reads with GET, and again only what changed"):
        _keeps(curl, path)
    with check("takes gzip"):
        _is_compressed(curl, path)
    with check("is answered HEAD as GET without a body"):
        whole, head = curl.ask(path), curl.ask(path, "--head")
        assert head.status == 200 and head.headers["etag"] == whole.headers["etag"], (head.status, head.headers)
        assert int(head.headers["content-length"]) == len(whole.body), head.headers
    with check("watches what happens, a line for each"):
        is_submission = lambda line: line["result"]["entry"].get("event", {}).get("type") == "application.submitted"
        line = curl.first_line("/v1/application/events:watch", bearer, is_submission)
        assert line["result"]["entry"]["event"]["resource"] == name, line
