"""The sealed journal as an auditor uses it: heads and proofs over the wire, worked out again here, and the audit of a back-up."""

import sqlite3

import pytest
from google.protobuf import json_format

from conftest import START, module_programme
from jiebang_client import CallError, EmbeddedSuite
from jiebang_client.contracts import message
from jiebang_client.merkle import Tree, leaf_bytes
from jiebang_client.process import wait_until
from refusals import INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, refused
from test_backup import jiebangctl, stores_of
from jiebang_client.world import JIANGSU, World

JOURNAL = "jiebang.application.v1.JournalService"
SHARDS = 16


def opened(signed):
    return message("jiebang.journal.v1.JournalHead").FromString(signed.head)


def latest_head(auditor):
    return auditor.call(f"{JOURNAL}/GetJournalHead").head


def head_over_everything(auditor):
    """The latest head once it has sealed all that there is."""

    def all_sealed():
        try:
            signed = latest_head(auditor)
        except CallError as error:
            assert error.code == NOT_FOUND
            return None
        trees = opened(signed).trees
        unsealed = any(auditor.call(f"{JOURNAL}/ListJournalEntries", shard=shard, after=trees[shard].size).entries for shard in range(SHARDS))
        return None if unsealed else signed

    return wait_until(all_sealed, "a head over everything")


def entries_of(auditor, shard, up_to):
    entries = []
    while len(entries) < up_to:
        entries += auditor.call(f"{JOURNAL}/ListJournalEntries", shard=shard, after=len(entries), page_size=7).entries
    return entries[:up_to]


@pytest.fixture
def sealed(world):
    """The auditor, after something was filed and sealed."""
    world.filed(JIANGSU)
    auditor = world.suite.auditor()
    return auditor, head_over_everything(auditor)


def test_the_roots_are_those_of_the_entries(sealed):
    auditor, signed = sealed
    head = opened(signed)
    suite = head.DESCRIPTOR.fields_by_name["suite"].enum_type.values_by_number[head.suite].name
    assert (head.service, len(head.trees)) == ("application", SHARDS)
    tree = Tree(suite)
    for shard in range(SHARDS):
        entries = entries_of(auditor, shard, head.trees[shard].size)
        assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
        assert tree.root([tree.leaf(leaf_bytes(shard, entry)) for entry in entries]) == head.trees[shard].root


def test_an_entry_is_proved_to_be_in_a_head(sealed):
    auditor, signed = sealed
    head = opened(signed)
    suite = head.DESCRIPTOR.fields_by_name["suite"].enum_type.values_by_number[head.suite].name
    tree = Tree(suite)
    shard = max(range(SHARDS), key=lambda each: head.trees[each].size)
    for entry in entries_of(auditor, shard, head.trees[shard].size):
        proof = auditor.call(f"{JOURNAL}/ProveInclusion", shard=shard, sequence=entry.sequence, head_number=head.number).proof
        assert proof.tree_size == head.trees[shard].size
        leaf = tree.leaf(leaf_bytes(shard, entry))
        assert tree.root_by_path(leaf, entry.sequence - 1, proof.tree_size, list(proof.path)) == head.trees[shard].root


def test_a_later_head_is_proved_to_go_on_from_an_earlier_one(world, sealed):
    auditor, signed = sealed
    before = opened(signed)
    world.filed(JIANGSU)
    after = opened(head_over_everything(auditor))
    assert after.number > before.number
    grown = next(shard for shard in range(SHARDS) if after.trees[shard].size > before.trees[shard].size)
    proof = auditor.call(f"{JOURNAL}/ProveConsistency", shard=grown, first_number=before.number, second_number=after.number).proof
    assert (proof.first_size, proof.second_size) == (before.trees[grown].size, after.trees[grown].size)
    with refused(INVALID_ARGUMENT, "HEADS_OUT_OF_ORDER"):
        auditor.call(f"{JOURNAL}/ProveConsistency", shard=grown, first_number=after.number, second_number=before.number)


def test_what_is_not_there_is_refused_by_name(sealed):
    auditor, signed = sealed
    with refused(NOT_FOUND, "SEAL_HEAD_NOT_FOUND"):
        auditor.call(f"{JOURNAL}/GetJournalHead", number=10**9)
    with refused(NOT_FOUND, "ENTRY_NOT_SEALED"):
        auditor.call(f"{JOURNAL}/ProveInclusion", shard=0, sequence=10**9)
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID"):
        auditor.call(f"{JOURNAL}/ProveInclusion", shard=16, sequence=1)


def test_only_auditors_read_the_entries_and_nobody_writes_them(world):
    others = [world.suite.applicant(world.enterprise().uscc), world.suite.unit(JIANGSU), world.suite.operator()]
    for caller in [*others, world.ministry]:
        with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
            caller.call(f"{JOURNAL}/ListJournalEntries", shard=0)
        with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
            caller.call(f"{JOURNAL}/RecordRefusals")
    for caller in others:
        with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
            caller.call(f"{JOURNAL}/GetJournalHead")
    with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
        world.suite.auditor().call(f"{JOURNAL}/RecordRefusals")


def test_a_back_up_is_audited_against_a_head_that_was_kept(world, sealed, tmp_path):
    auditor, _ = sealed
    kept = tmp_path / "head.json"
    kept.write_text(json_format.MessageToJson(auditor.call(f"{JOURNAL}/GetJournalHead")), encoding="utf-8")
    backup = tmp_path / "backup"
    jiebangctl("backup", *stores_of(world.suite), "--to", backup)
    said = jiebangctl("audit", "verify", "--backup", backup, "--public-key", world.suite.seal_public_key, "--head", kept)
    assert said.count("fits heads 1 to") + said.count("not sealed;") == 5
    assert "application: fits heads 1 to" in said


def test_a_forged_record_is_found(tmp_path, programmes):
    with EmbeddedSuite(tmp_path, START, programmes=programmes) as suite:
        world = World(suite, module_programme(__name__))
        _, receipt = world.filed(JIANGSU)
        head_over_everything(suite.auditor())
    database = tmp_path / "data" / "application.db"
    with sqlite3.connect(database) as connection:
        changed = connection.execute("UPDATE records SET value = CAST(value || x'00' AS BLOB) WHERE tbl = CAST('application' AS BLOB)").rowcount
    connection.close()
    assert changed > 0
    backup = tmp_path / "backup"
    jiebangctl("backup", "--data", tmp_path / "data", "--to", backup)
    with pytest.raises(AssertionError, match="1 of 5 journals do not fit"):
        jiebangctl("audit", "verify", "--backup", backup, "--public-key", suite.seal_public_key)
