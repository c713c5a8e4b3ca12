"""SIGTERM: what runs is answered, what was acknowledged is kept, and every process ends with 0."""

import time

from jiebang_client.world import JIANGSU, at_once
from refusals import UNAVAILABLE

CALLS = 200
STOP_SECONDS = 20  # the processes' own limit for what runs


def start_filings(world):
    """Drafts, and the calls that file them, all under way at once."""
    drafts = [draft for _, draft in at_once(lambda _: world.draft(JIANGSU), range(40), threads=8)]
    return [
        (draft, world.suite.applicant(draft.applicant.name.removeprefix("applicants/")))
        for draft in drafts
    ]


def test_running_calls_are_answered_and_every_process_ends_well(own_world):
    world = own_world
    filings = start_filings(world)
    running = [
        (draft, caller.start("ApplicationService/SubmitApplication", name=draft.name, request_id="file"))
        for draft, caller in filings
    ]
    running[0][1].result()  # the server is at it
    began = time.monotonic()
    codes = world.suite.stop()
    assert set(codes.values()) == {0}, codes
    assert time.monotonic() - began < STOP_SECONDS

    answers = [(draft, at_once(lambda call: call.result(), [call], threads=1)[0]) for draft, call in running]
    refused = [answer for _, answer in answers if hasattr(answer, "reason")]
    # A call that came too late was not begun; none was cut off.
    assert {answer.code for answer in refused} <= {UNAVAILABLE}, refused
    receipts = [answer.receipt for _, answer in answers if not hasattr(answer, "reason")]
    assert receipts

    world.suite.start()
    for receipt in receipts:
        kept = world.application(receipt.application)
        assert (kept.revision, kept.content_digest) == (receipt.revision, receipt.content_digest)


def test_a_watch_does_not_keep_the_suite_from_ending(own_world):
    world = own_world
    world.filed(JIANGSU)
    with world.ministry.watch("ApplicationService/WatchEvents", timeout=120) as stream:
        next(stream)
        began = time.monotonic()
        codes = world.suite.stop()
        assert set(codes.values()) == {0}, codes
        assert time.monotonic() - began < STOP_SECONDS
    world.suite.start()
