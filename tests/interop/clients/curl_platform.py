"""curl and openssl as a provincial platform uses them from a shell: signed requests, tokens for an assertion, acting for others."""

import json
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from clients.curl import Curl, expect

HERE = Path(__file__).resolve().parent
# docs/identity.md, test vectors
VECTOR_SECRET = "jiebang-test-secret-0123456789abcdef"
VECTORS = [
    ("POST", "/v1/units?view=FULL&page_size=5", '{"name":"units/320000"}', "applicants/91320594MA1MYA2Q2J", "9LVdI5hcUjp7uvuajCRJBpSXI7EUF8Iq+k6+H5vbIeY="),
    ("GET", "/v1/quotas?b=2&a=1&c&b=1", "", "", "mgSxq9Vj+YgtR07k+ppqGe3P7DnMyvkgVMAM9R74T0I="),
]


def sign(key_id, secret_file, verb, target, body=b"", on_behalf_of="", **environment):
    """The headers of a signed request, made in a shell; a list of lines."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        command = [HERE / "signed-request", key_id, secret_file, verb, target, file.name, on_behalf_of]
        path = {"PATH": "/usr/bin:/bin"}
        return subprocess.run(command, env=path | environment, capture_output=True, text=True, check=True).stdout.splitlines()


def as_options(headers):
    return [option for header in headers for option in ("--header", header)]


class Signer:
    """Calls that its HMAC key proves."""

    def __init__(self, curl, platform):
        self._curl = curl
        self._key = platform["hmacKeyId"], platform["secret"]

    def headers(self, verb, target, body=b"", on_behalf_of="", **environment):
        return sign(*self._key, verb, target, body, on_behalf_of, **environment)

    def ask(self, verb, target, message=None, on_behalf_of="", **environment):
        body = b"" if message is None else json.dumps(message, ensure_ascii=False).encode()
        return self.send(self.headers(verb, target, body, on_behalf_of, **environment), verb, target, body)

    def send(self, headers, verb, target, body=b""):
        return self._curl.ask(target, *as_options(headers), verb=verb, body=body or None)


def run(setting, checks):
    document, curl = setting.document, Curl(setting.document["http"])
    _signs(document, curl, lambda what: checks.check(f"signed: {what}"))
    _exchanges(document, curl, lambda what: checks.check(f"token: {what}"))
    _pages(document, curl, lambda what: checks.check(f"pages: {what}"))


def _expect_unbelieved(answer, reason):
    expect(answer, answer.rest_error, "UNAUTHENTICATED", reason)


def _signs(document, curl, check):
    signer, filings = Signer(curl, document["platform"]), f"/v1/{document['unit']}/applicants/-/applications?pageSize=2"
    job, foreign = document["jobs"]["curl signed"], document["foreign"]
    with check("signs as the vectors of the documentation say"), tempfile.NamedTemporaryFile("w") as secret:
        secret.write(VECTOR_SECRET)
        secret.flush()
        for verb, target, body, on_behalf_of, signature in VECTORS:
            moment = {"TIMESTAMP": "1693000000", "NONCE": "3f1c9a7be24d4c0f"}
            headers = sign("jiangsu-2023", secret.name, verb, target, body.encode(), on_behalf_of, **moment)
            assert f"jiebang-signature: {signature}" in headers, headers
    with check("reads as the unit that it is"):
        assert len(signer.ask("GET", filings).good["applications"]) == 2
    with check("is refused the same request again"):
        headers = signer.headers("GET", filings)
        assert signer.send(headers, "GET", filings).good
        _expect_unbelieved(signer.send(headers, "GET", filings), "NONCE_USED")
    with check("is refused what it signed ten minutes ago"):
        stale = str(int(time.time()) - 600)
        _expect_unbelieved(signer.ask("GET", filings, TIMESTAMP=stale), "SIGNATURE_OUT_OF_TIME")
    with check("is refused another query than it signed"):
        _expect_unbelieved(signer.send(signer.headers("GET", filings), "GET", filings.replace("=2", "=3")), "SIGNATURE_WRONG")
    registration = json.dumps(job["applicant"]).encode()
    with check("is refused another body than it signed"):
        headers = signer.headers("POST", "/v1/applicants", registration, job["name"])
        _expect_unbelieved(signer.send(headers, "POST", "/v1/applicants", registration + b" "), "CONTENT_DIGEST_WRONG")
    with check("is refused for another enterprise than it signed"):
        headers = [line for line in signer.headers("POST", "/v1/applicants", registration, foreign["name"]) if "on-behalf-of" not in line]
        headers.append(f"jiebang-on-behalf-of: {job['name']}")
        _expect_unbelieved(signer.send(headers, "POST", "/v1/applicants", registration), "SIGNATURE_WRONG")
    with check("registers an enterprise of its region"):
        made = signer.ask("POST", "/v1/applicants", job["applicant"], job["name"]).good
        assert made["applicant"]["name"] == job["name"], made
    with check("does by Connect what it does by REST"):
        method = "/jiebang.application.v1.ApplicationService/GetApplicant"
        found = signer.ask("POST", method, {"name": job["name"]}, job["name"]).good
        assert found["applicant"]["name"] == job["name"], found
    with check("is refused for an enterprise elsewhere"):
        answer = signer.ask("POST", "/v1/applicants", foreign, foreign["name"])
        expect(answer, answer.rest_error, "PERMISSION_DENIED", "NOT_IN_REGION")


def _exchanges(document, curl, check):
    platform, job, foreign = document["platform"], document["jobs"]["curl token"], document["foreign"]
    arguments = [platform["key"], platform["keyId"], platform["id"], platform["audience"]]
    assertion = subprocess.run([HERE / "client-assertion", *arguments], capture_output=True, text=True, check=True).stdout.strip()

    def post(**more):
        form = {"grant_type": "client_credentials", "client_assertion": assertion}
        form |= {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"} | more
        return curl.ask("/oauth2/token", *(part for name, value in form.items() for part in ("--data-urlencode", f"{name}={value}")))

    granted = {}
    with check("is given a token for an assertion, which nobody keeps"):
        answer = post()
        granted |= answer.good
        assert (granted["token_type"], granted["expires_in"]) == ("Bearer", 600) and "no-store" in answer.headers["cache-control"]
    bearer = f"Bearer {granted.get('access_token')}"
    for_job = lambda name: ["--header", f"jiebang-on-behalf-of: {name}"]
    with check("is refused another one for the same assertion"):
        answer = post()
        assert (answer.status, answer.json["error"]) == (401, "invalid_client"), answer.body
    with check("is refused another grant"):
        answer = post(grant_type="password")
        assert (answer.status, answer.json["error"]) == (400, "unsupported_grant_type"), answer.body
    with check("reads as the unit that it is"):
        assert curl.ask(f"/v1/{document['unit']}/applicants/-/applications", bearer=bearer).good["applications"]
    with check("registers an enterprise of its region"):
        made = curl.ask("/v1/applicants", *for_job(job["name"]), bearer=bearer, body=job["applicant"]).good
        assert made["applicant"]["name"] == job["name"], made
    with check("is refused for an enterprise elsewhere"):
        answer = curl.ask("/v1/applicants", *for_job(foreign["name"]), bearer=bearer, body=foreign)
        expect(answer, answer.rest_error, "PERMISSION_DENIED", "NOT_IN_REGION")
    with check("is refused what a unit may when it acts for an enterprise"):
        answer = curl.ask(f"/v1/{document['unit']}/applicants/-/applications", *for_job(job["name"]), bearer=bearer)
        expect(answer, answer.rest_error, "PERMISSION_DENIED", "NOT_OWNER")
    unit = "units/" + document["unit"].rpartition("/")[2]
    with check("has a webhook made, told of and taken away"):
        hook = {"url": "http://127.0.0.1:9/hook", "eventTypes": ["application.submitted"]}
        made = curl.ask(f"/v1/{unit}/webhooks?webhookId=interop", bearer=bearer, body=hook).good
        assert made["secret"] and made["webhook"]["url"] == hook["url"], made
        name = made["webhook"]["name"]
        assert [each["name"] for each in curl.ask(f"/v1/{unit}/webhooks", bearer=bearer).good["webhooks"]] == [name]
        assert curl.ask(f"/v1/{name}", bearer=bearer, verb="DELETE").good is not None
        answer = curl.ask(f"/v1/{name}", bearer=bearer)
        expect(answer, answer.rest_error, "NOT_FOUND", "WEBHOOK_NOT_FOUND")


def _pages(document, curl, check):
    with check("reads the description, and again only when it has changed"):
        description = curl.ask("/openapi.json").good
        assert description["openapi"].startswith("3.1."), description["openapi"]
        assert "post" in description["paths"]["/v1/applicants"], list(description["paths"])[:5]
        etag = curl.ask("/openapi.json").headers["etag"]
        assert curl.ask("/openapi.json", "--header", f"If-None-Match: {etag}").status == 304
    with check("reads a page for people"):
        for path in ("/", "/docs"):
            answer = curl.ask(path)
            assert answer.status == 200 and answer.headers["content-type"].startswith("text/html"), (path, answer.status, answer.headers)
            assert b"<html" in answer.body
    with check("reads many by name, in the order of the names, or none of them"):
        names = ["units/330000", "units/320000"]
        path = "/v1/units:batchGet?" + "&".join(f"names={quote(name)}" for name in names)
        assert [each["name"] for each in curl.ask(path).good["units"]] == names
        answer = curl.ask(f"{path}&names=units/999999")
        expect(answer, answer.rest_error, "NOT_FOUND", "BATCH_INCOMPLETE")
