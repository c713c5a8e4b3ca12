"""Where JSON and protobuf differ, over HTTP, by Connect's path and by REST's: nothing is guessed, rounded or passed over."""

import json
import time
from dataclasses import dataclass
from typing import Callable
from urllib.parse import quote

import pytest

from jiebang_client import CallError
from jiebang_client.http_client import HttpCaller
from jiebang_client.world import JIANGSU
from refusals import NOT_FOUND

APPLICATIONS = "/jiebang.application.v1.ApplicationService"


@dataclass(frozen=True)
class Surface:
    """How an applicant, as the bytes of a JSON object, is registered and changed."""

    create: Callable
    update: Callable

    def __str__(self):
        return self.create.__name__.partition("_")[0]


def connect_create(caller, applicant):
    return caller.post(f"{APPLICATIONS}/CreateApplicant", b'{"applicant":' + applicant + b"}")


def connect_update(caller, name, applicant, mask):
    sent = f'{{"updateMask":{json.dumps(mask)},"applicant":{{"name":"{name}",'.encode() + applicant[1:] + b"}"
    return caller.post(f"{APPLICATIONS}/UpdateApplicant", sent)


def rest_create(caller, applicant):
    return caller.post("/v1/applicants", applicant)


def rest_update(caller, name, applicant, mask):
    return caller.ask("PATCH", f"/v1/{name}?updateMask={mask}", applicant, content_type="application/json")


@pytest.fixture(params=[Surface(connect_create, connect_update), Surface(rest_create, rest_update)], ids=str)
def surface(request):
    return request.param


@pytest.fixture
def stranger(world):
    return world.stranger()


@pytest.fixture
def caller(world, stranger):
    return HttpCaller(world.suite.http_address, stranger.caller.metadata)


def applicant(stranger, **changes):
    """The JSON of an applicant whom the contract takes, with changes; `...` leaves a field out."""
    fields = {"name": stranger.name, "displayName": "示例企业", "legalForm": "LEGAL_FORM_LEGAL_PERSON"}
    fields |= {"regionCode": JIANGSU, "industryCode": "3831", **changes}
    return json.dumps({key: value for key, value in fields.items() if value is not ...}, ensure_ascii=False).encode()


def with_text(stranger, text):
    """The same, where the display name is `text` as it stands, quotation marks and all."""
    return applicant(stranger, displayName="@").replace(b'"@"', text)


def refused(answer, reason, field=None):
    refusal = answer.refusal
    assert (answer.status, refusal.code, refusal.reason) == (400, "INVALID_ARGUMENT", reason), (answer.status, answer.body)
    assert refusal.text and any("\u4e00" <= symbol <= "\u9fff" for symbol in refusal.text_zh), refusal
    if field is not None:
        assert [name for name, _ in refusal.fields] == [field], refusal


def registers_nobody(stranger):
    with pytest.raises(CallError) as caught:
        stranger.caller.call("ApplicationService/GetApplicant", name=stranger.name)
    assert caught.value.code == NOT_FOUND


def registered(answer):
    assert answer.status == 200, (answer.status, answer.body)
    return answer.json["applicant"]


def test_what_the_contract_says_is_taken_and_answered_in_its_json(surface, caller, stranger):
    made = registered(surface.create(caller, applicant(stranger)))
    assert (made["displayName"], made["legalForm"]) == ("示例企业", "LEGAL_FORM_LEGAL_PERSON")
    assert made["createTime"].endswith("Z") and made["createTime"][10] == "T"
    assert "contactName" not in made


# --- spellings that mean the same


SAME = {
    "names as in the contract": {"displayName": ..., "display_name": "示例企业", "regionCode": ..., "region_code": JIANGSU},
    "an enum by its number": {"legalForm": 1},
    "null for what is not set": {"contactName": None, "createTime": None},
    "an empty text for what is not set": {"contactName": ""},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_other_spellings_of_the_same_are_taken(surface, caller, stranger, changes):
    made = registered(surface.create(caller, applicant(stranger, **changes)))
    assert (made["displayName"], made["legalForm"]) == ("示例企业", "LEGAL_FORM_LEGAL_PERSON")


ESCAPES = {
    "\\u escapes": (b'"\\u793a\\u4f8b"', "示例"),
    "a surrogate pair": (b'"\\ud842\\udfb7"', "𠮷"),
    "the character itself": ('"𠮷"'.encode(), "𠮷"),
    "an escaped slash": (b'"a\\/b"', "a/b"),
}


@pytest.mark.parametrize("text, meant", ESCAPES.values(), ids=ESCAPES)
def test_escaped_text_is_read(surface, caller, stranger, text, meant):
    assert registered(surface.create(caller, with_text(stranger, text)))["displayName"] == meant


# --- enums, unknown fields, equal keys


def test_an_enum_that_is_none_is_refused_by_name_and_by_number(surface, caller, stranger):
    refused(surface.create(caller, applicant(stranger, legalForm="LEGAL_FORM_EMPEROR")), "JSON_VALUE_INVALID", "applicant.legal_form")
    refused(surface.create(caller, applicant(stranger, legalForm="legal_form_legal_person")), "JSON_VALUE_INVALID", "applicant.legal_form")
    refused(surface.create(caller, applicant(stranger, legalForm=99)), "FIELDS_INVALID", "applicant.legal_form")
    registers_nobody(stranger)


def test_an_unknown_field_is_named_and_nothing_is_done(surface, caller, stranger):
    refused(surface.create(caller, applicant(stranger, displayNmae="x")), "JSON_UNKNOWN_FIELD", "applicant.displayNmae")
    registers_nobody(stranger)


EQUAL_KEYS = {
    "twice": b'"displayName":"x","displayName":"y"',
    "in both spellings": b'"displayName":"x","display_name":"y"',
    "once escaped": b'"displayName":"x","display\\u004eame":"y"',
    "once as null": b'"displayName":"x","displayName":null',
}


@pytest.mark.parametrize("twice", EQUAL_KEYS.values(), ids=EQUAL_KEYS)
def test_a_field_that_is_set_twice_is_refused(surface, caller, stranger, twice):
    sent = applicant(stranger, displayName=...)[:-1] + b"," + twice + b"}"
    refused(surface.create(caller, sent), "JSON_DUPLICATE_KEY", "applicant.display_name")
    registers_nobody(stranger)


# --- what is no JSON, or no text


NO_JSON = {
    "a trailing comma": lambda good: good[:-1] + b",}",
    "a comment": lambda good: good[:-1] + b"/* x */}",
    "single quotes": lambda good: good.replace(b'"', b"'"),
    "half of it": lambda good: good[: len(good) // 2],
    "a bare word": lambda good: good.replace(b'"3831"', b"x"),
    "half a surrogate pair": lambda good: good.replace(b'"3831"', b'"\\ud800"'),
    "a control character": lambda good: good.replace(b'"3831"', b'"\x01"'),
    "NaN": lambda good: good.replace(b'"3831"', b"NaN"),
}


@pytest.mark.parametrize("spoil", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_is_refused(surface, caller, stranger, spoil):
    refused(surface.create(caller, spoil(applicant(stranger))), "JSON_MALFORMED")
    registers_nobody(stranger)


def test_something_behind_the_message_is_refused(caller, stranger):
    good = b'{"applicant":' + applicant(stranger) + b"}"
    for path, sent in ((f"{APPLICATIONS}/CreateApplicant", good + b"{}"), ("/v1/applicants", applicant(stranger) + b"{}")):
        refused(caller.post(path, sent), "JSON_MALFORMED")
    registers_nobody(stranger)


NO_TEXT = {
    "an overlong slash": b'"\xc0\xaf"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "a lone continuation": b'"\x80"',
    "half a character": b'"\xe7\xa4"',
    "GBK": "示例".encode("gbk").join((b'"', b'"')),
}


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_utf8_is_refused(surface, caller, stranger, text):
    refused(surface.create(caller, with_text(stranger, text)), "JSON_NOT_UTF8")
    registers_nobody(stranger)


OTHER_TYPES = {
    "a number for a text": {"displayName": 5},
    "a list for a text": {"displayName": ["示例企业"]},
    "an object for a text": {"displayName": {}},
    "a truth for a text": {"displayName": True},
}


@pytest.mark.parametrize("changes", OTHER_TYPES.values(), ids=OTHER_TYPES)
def test_a_value_of_another_type_is_refused(surface, caller, stranger, changes):
    refused(surface.create(caller, applicant(stranger, **changes)), "JSON_VALUE_INVALID", "applicant.display_name")
    registers_nobody(stranger)


@pytest.mark.parametrize("opening, closing", [(b"[", b"]"), (b'{"a":', b"}")], ids=["lists", "objects"])
def test_a_nesting_bomb_is_refused_and_harms_nobody(surface, caller, stranger, opening, closing):
    for depth in (100, 200_000):
        bomb = opening * depth + b"1" + closing * depth
        answer = surface.create(caller, applicant(stranger)[:-1] + b',"bomb":' + bomb + b"}")
        assert answer.status == 400 and answer.refusal.reason in ("JSON_TOO_DEEP", "JSON_UNKNOWN_FIELD"), answer.body[:300]
        answer = surface.create(caller, applicant(stranger, displayName="@").replace(b'"@"', bomb))
        assert answer.status == 400 and answer.refusal.reason in ("JSON_TOO_DEEP", "JSON_VALUE_INVALID"), answer.body[:300]
    registers_nobody(stranger)


# --- field masks


MASKS = {"camel case": "contactName,contactPhone", "as in the contract": "contact_name,contact_phone"}


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
def test_a_field_mask_is_a_list_in_a_text(surface, caller, stranger, mask):
    registered(surface.create(caller, applicant(stranger)))
    change = '{"contactName":"张三","contactPhone":"010-12345678","displayName":"not in the mask"}'.encode()
    changed = registered(surface.update(caller, stranger.name, change, mask))
    assert (changed["contactName"], changed["contactPhone"], changed["displayName"]) == ("张三", "010-12345678", "示例企业")
    cleared = registered(surface.update(caller, stranger.name, b'{"contactName":null}', "contactName"))
    assert "contactName" not in cleared and cleared["contactPhone"] == "010-12345678"


@pytest.mark.parametrize("mask", ["emperor", "contactName%20", "createTime", "contactName.x"])
def test_a_field_mask_that_names_nothing_changes_nothing(surface, caller, stranger, mask):
    registered(surface.create(caller, applicant(stranger)))
    answer = surface.update(caller, stranger.name, '{"contactName":"张三"}'.encode(), mask)
    assert answer.status == 400 and answer.refusal.code == "INVALID_ARGUMENT", (answer.status, answer.body)
    kept = stranger.caller.call("ApplicationService/GetApplicant", name=stranger.name).applicant
    assert kept.contact_name == ""


# --- numbers of 64 bits


@pytest.fixture
def prove(world, surface):
    """Asks for the proof of an entry by its number, which the refusal repeats."""
    auditor = HttpCaller(world.suite.http_address, world.suite.auditor().metadata)

    def ask(sequence):
        if str(surface) == "rest":
            return auditor.ask("GET", f"/v1/application/journal:proveInclusion?sequence={quote(sequence.strip(chr(34)))}")
        return auditor.post("/jiebang.application.v1.JournalService/ProveInclusion", b'{"sequence":' + sequence.encode() + b"}")

    return ask


@pytest.fixture
def sealed(world):
    """The journal has a head, so that there is something to prove."""
    world.enterprise()
    deadline = time.monotonic() + 30
    while True:
        try:
            return world.suite.auditor().call("jiebang.application.v1.JournalService/GetJournalHead").head
        except CallError:
            assert time.monotonic() < deadline, "no head in half a minute"
            time.sleep(0.1)


EXACT = ["9007199254740993", '"9007199254740993"', "9223372036854775807", '"9223372036854775807"']


@pytest.mark.parametrize("number", EXACT)
def test_a_number_of_64_bits_is_not_rounded(prove, sealed, number):
    answer = prove(number)
    assert (answer.status, answer.refusal.reason) == (404, "ENTRY_NOT_SEALED"), answer.body
    assert f"entry {number.strip(chr(34))} is not among them" in answer.refusal.text


@pytest.mark.parametrize("number", ["9223372036854775808", '"9223372036854775808"', "1.5", '"1.5"', '"0x10"', '""', '" 1"', "true", "1e30"])
def test_a_number_that_is_no_integer_of_64_bits_is_refused(prove, number):
    refused(prove(number), "JSON_VALUE_INVALID", "sequence")


def test_numbers_of_64_bits_are_answered_as_text(world, sealed):
    auditor = HttpCaller(world.suite.http_address, world.suite.auditor().metadata)
    path = "/jiebang.application.v1.JournalService/ProveInclusion"
    answers = [auditor.post(path, f'{{"shard":{shard},"sequence":1}}'.encode()) for shard in range(16)]
    proofs = [answer.json["proof"] for answer in answers if answer.status == 200]
    assert proofs, answers[0].body
    assert all(proof["sequence"] == "1" and int(proof["treeSize"]) >= 1 for proof in proofs)
    assert all(isinstance(proof["treeSize"], str) and isinstance(proof.get("shard", 0), int) for proof in proofs)


# --- a request that comes in parts


def test_a_path_and_a_body_that_disagree_are_refused(world, caller, stranger):
    other = world.enterprise()
    registered(rest_create(caller, applicant(stranger)))
    body = json.dumps({"name": other.name, "contactName": "mallory"}).encode()
    refused(rest_update(caller, stranger.name, body, "contactName"), "PATH_BODY_CONFLICT")
    assert other.caller.call("ApplicationService/GetApplicant", name=other.name).applicant.contact_name == ""
