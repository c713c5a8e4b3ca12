"""`buf curl` in the three protocols that it speaks. The schema is the contracts', or for gRPC what the gateway says of itself."""

import json
import subprocess
from pathlib import Path

from clients.expectations import is_chinese, refusal_of_details
from jiebang_client.contracts import DESCRIPTOR_SET, MODULES

APPLICATIONS = "jiebang.application.v1.ApplicationService"


class Buf:
    def __init__(self, base, *options):
        (self._program,) = Path(MODULES).glob("@bufbuild/buf-linux-*/bin/buf")
        self._base = base
        self._options = options

    def call(self, method, request, bearer=None):
        """The answers, or a Refused."""
        command = [self._program, "curl", *self._options, "--data", "@-", f"{self._base}/{APPLICATIONS}/{method}"]
        if bearer:
            command += ["--header", f"authorization: {bearer}"]
        done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, timeout=60)
        if done.returncode == 0:
            return _objects(done.stdout)[0]
        found = _objects(done.stdout + done.stderr)
        assert found, f"buf ended with {done.returncode}: {done.stderr.strip()}"
        error = found[-1]
        return refusal_of_details(error["code"].upper(), error["message"], error.get("details", ()))

    def first(self, method, request, bearer, wanted):
        """The first answer of a stream that is wanted."""
        command = [self._program, "curl", *self._options, "--data", "@-", "--header", f"authorization: {bearer}"]
        process = subprocess.Popen(
            [*command, f"{self._base}/{APPLICATIONS}/{method}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            process.stdin.write(json.dumps(request))
            process.stdin.close()
            said = ""
            for line in process.stdout:
                said += line
                for answer in _objects(said):
                    if wanted(answer):
                        return answer
            raise AssertionError(f"the stream ended: {said[-300:]}")
        finally:
            process.kill()
            process.wait()


def _objects(text):
    """The JSON objects that stand one after the other."""
    decoder, found, at = json.JSONDecoder(), [], text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break
        found.append(value)
        at = text.find("{", end)
    return found


def run(setting, checks):
    document = setting.document
    schema = ["--schema", DESCRIPTOR_SET]
    speakers = {
        "grpc": Buf(f"http://{document['grpc']}", "--protocol", "grpc", "--http2-prior-knowledge"),
        "connect": Buf(document["http"], "--protocol", "connect", *schema),
        "grpcweb": Buf(document["http"], "--protocol", "grpcweb", *schema),
    }
    for protocol, buf in speakers.items():
        _job(document, document["jobs"][f"buf {protocol}"], buf, lambda what, of=protocol: checks.check(f"{of}: {what}"))


def _job(document, job, buf, check):
    name, bearer = f"{job['parent']}/applications/interop", job["bearer"]
    with check("lists the programmes without credentials"):
        assert document["programme"] in buf.call("ListProgrammes", {})["names"]
    with check("registers an enterprise"):
        made = buf.call("CreateApplicant", {"applicant": job["applicant"]}, bearer)
        assert made["applicant"]["displayName"] == job["applicant"]["displayName"], made
    with check("starts a draft"):
        request = {"parent": job["parent"], "applicationId": "interop", "application": document["draft"]}
        made = buf.call("CreateApplication", request, bearer)
        assert made["application"]["title"] == document["draft"]["title"], made
    with check("is refused with every clause, in English and Chinese"):
        refused = buf.call("SubmitApplication", {"name": name}, bearer)
        assert (refused.code, refused.reason) == ("FAILED_PRECONDITION", "RULES_VIOLATED"), refused
        assert refused.message and is_chinese(refused.message_zh) and len(refused.violations) > 1, refused
    with check("changes what the mask names"):
        application = document["content"] | {"name": name, "title": "not in the mask"}
        request = {"application": application, "updateMask": "sections,scenarioInstances,declarations"}
        changed = buf.call("UpdateApplication", request, bearer)
        assert changed["application"]["title"] == document["draft"]["title"], changed
    with check("files it"):
        assert len(buf.call("SubmitApplication", {"name": name}, bearer)["receipt"]["contentDigest"]) == 64
    with check("lists page by page"):
        names, token = [], ""
        while True:
            request = {"parent": f"{document['unit']}/applicants/-", "pageSize": 2, "pageToken": token}
            page = buf.call("ListApplications", request, document["unitBearer"])
            names += [each["name"] for each in page["applications"]]
            token = page.get("nextPageToken")
            if not token:
                break
        assert name in names and len(set(names)) == len(names) > 2, names
    with check("is refused what is another's"):
        refused = buf.call("GetApplication", {"name": name}, document["stranger"])
        assert (refused.code, refused.reason) == ("PERMISSION_DENIED", "NOT_OWNER"), refused
    with check("watches what happens"):
        is_submission = lambda answer: answer["entry"].get("event", {}).get("type") == "application.submitted"
        entry = buf.first("WatchEvents", {}, bearer, is_submission)["entry"]
        assert entry["event"]["resource"] == name and isinstance(entry["sequence"], str), entry
