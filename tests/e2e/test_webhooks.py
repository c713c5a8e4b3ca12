"""Webhooks against a receiver of our own: signed, in order, again until they are taken, and nobody else's business."""

import pytest

from conftest import DEPLOYMENTS, START, module_programme
from jiebang_client import EmbeddedSuite
from jiebang_client.process import wait_until
from jiebang_client.receiver import Receiver
from jiebang_client.world import JIANGSU, ZHEJIANG, World
from refusals import ALREADY_EXISTS, INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED, refused

SUBMITTED = "application.submitted"
FLAGS = ("--webhook-allow", "127.0.0.1/32", "--webhook-retry-seconds", "0.2,0.2")


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def world(request, tmp_path_factory, programmes):
    directory = tmp_path_factory.mktemp("webhooks")
    with DEPLOYMENTS[request.param](directory, START, programmes=programmes, webhook_flags=FLAGS) as suite:
        yield World(suite, module_programme(__name__))


@pytest.fixture
def receiver():
    with Receiver() as started:
        yield started


class Hook:
    """A webhook of a unit, taken away at the end."""

    def __init__(self, world, receiver, unit=JIANGSU, webhook_id="main", **more):
        self.caller = world.unit(unit)
        webhook = {"url": receiver.url, **more}
        made = self.call("CreateWebhook", parent=f"units/{unit}", webhook_id=webhook_id, webhook=webhook)
        self.name, self.secret = made.webhook.name, made.secret

    def call(self, method, **fields):
        return self.caller.call(f"WebhookService/{method}", **fields)

    def now(self):
        return self.call("GetWebhook", name=self.name).webhook

    def dead_letters(self):
        return list(self.call("ListDeadLetters", parent=self.name).dead_letters)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("DeleteWebhook", name=self.name)


def test_what_happens_to_a_unit_arrives_signed_and_in_order(world, receiver):
    with Hook(world, receiver) as hook:
        receipts = [world.filed(JIANGSU)[1] for _ in range(3)]
        for receipt in receipts:
            world.recommend(JIANGSU, receipt.application)
        held = receiver.wait_for("recommendation.held", 3)
        submitted = receiver.wait_for(SUBMITTED, 3)
        for message in receiver.messages:
            receiver.checks(message, hook.secret)
            assert not message.is_signed_with("whsec_" + "A" * 43 + "=")
        assert {message.event["subject"] for message in submitted} == {receipt.application for receipt in receipts}
        # One list is one shard: its events come as they happened.
        in_list = [message.event["data"]["details"]["application"] for message in held]
        assert in_list == [receipt.application for receipt in receipts]
        count = lambda: sum(each.delivered_count for each in hook.now().deliveries)
        wait_until(lambda: count() == len({message.id for message in receiver.messages}), "the count of what was taken")


def test_nothing_of_another_unit_and_no_draft_arrives(world, receiver):
    with Hook(world, receiver):
        world.filed(ZHEJIANG)
        world.draft(JIANGSU)
        _, receipt = world.filed(JIANGSU)
        receiver.wait_for(SUBMITTED)
        for message in receiver.messages:
            assert f"units/{JIANGSU}" in message.event["subject"], message.event
            assert "application.created" != message.event["type"], "a draft"
            # From where somebody else acted is for the trail.
            assert "sourceAddress" not in message.event["data"]
        assert [message.event["subject"] for message in receiver.arrived(SUBMITTED)] == [receipt.application]


def test_only_the_wanted_types_of_the_wanted_services_arrive(world, receiver):
    with Hook(world, receiver, event_types=["recommendation."], services=["quota"]):
        _, receipt = world.filed(JIANGSU)
        world.recommend(JIANGSU, receipt.application)
        receiver.wait_for("recommendation.held")
        assert {message.event["type"] for message in receiver.messages} <= {"recommendation.begun", "recommendation.held"}


def test_what_is_not_taken_comes_again_and_those_behind_it_wait(world, receiver):
    refusals = [503, 307]
    receiver.answer = lambda message: refusals.pop() if refusals else 204
    with Hook(world, receiver, services=["application"]) as hook:
        first = world.filed(JIANGSU)[1]
        again = receiver.wait_for(SUBMITTED, 3)
        assert len({message.id for message in again}) == 1
        assert {message.event["subject"] for message in again} == {first.application}
        second = world.filed(JIANGSU)[1]
        assert receiver.wait_for(SUBMITTED, 4)[-1].event["subject"] == second.application
        wait_until(lambda: hook.now().state == hook.now().STATE_ACTIVE, "an active webhook")
        assert hook.dead_letters() == []


def test_after_the_last_attempt_it_is_a_dead_letter_that_can_be_had_again(world, receiver):
    with Hook(world, receiver, services=["application"]) as hook:
        receiver.answer = lambda message: 500
        lost = world.filed(JIANGSU)[1]
        (letter,) = wait_until(hook.dead_letters, "a dead letter")
        assert (letter.attempts, letter.last_failure.reason, letter.last_failure.http_status) == (3, "HTTP_STATUS", 500)
        assert letter.event.subject == lost.application
        # The next one is not held up by it.
        receiver.answer = lambda message: 204
        later = world.filed(JIANGSU)[1]
        wait_until(lambda: receiver.arrived(SUBMITTED)[-1].event["subject"] == later.application, "the next event")
        before = len(receiver.messages)
        assert hook.call("RedeliverDeadLetters", parent=hook.name, names=[letter.name]).count == 1
        wait_until(lambda: hook.dead_letters() == [], "the redelivery")
        (again,) = receiver.messages[before:]
        assert again.id == letter.event.id
        receiver.checks(again, hook.secret)


def test_a_dead_letter_that_is_refused_again_stays(world, receiver):
    with Hook(world, receiver, services=["application"]) as hook:
        receiver.answer = lambda message: 500
        world.filed(JIANGSU)
        wait_until(hook.dead_letters, "a dead letter")
        assert hook.call("RedeliverDeadLetters", parent=hook.name).count == 1
        wait_until(lambda: hook.dead_letters()[0].attempts == 4, "the attempt")
        with refused(NOT_FOUND, "DEAD_LETTER_NOT_FOUND"):
            hook.call("RedeliverDeadLetters", parent=hook.name, names=[f"units/{ZHEJIANG}/webhooks/main/deadLetters/x"])


def test_a_receiver_that_is_gone_is_told_nothing_until_its_owner_says_so(world, receiver):
    with Hook(world, receiver, services=["application"]) as hook:
        receiver.answer = lambda message: 410
        _, receipt = world.filed(JIANGSU)
        paused = wait_until(lambda: hook.now().pause_reason and hook.now(), "the pause")
        assert (paused.state, paused.pause_reason) == (paused.STATE_PAUSED, "GONE")
        assert len(receiver.messages) == 1
        receiver.answer = lambda message: 204
        hook.call("UpdateWebhook", webhook={"name": hook.name, "state": "STATE_ACTIVE"}, update_mask={"paths": ["state"]})
        assert [each.event["subject"] for each in receiver.wait_for(SUBMITTED, 2)] == [receipt.application] * 2


def test_two_secrets_sign_while_one_takes_the_other_ones_place(world, receiver):
    with Hook(world, receiver) as hook:
        fresh = hook.call("RotateWebhookSecret", name=hook.name)
        assert fresh.secret != hook.secret
        assert fresh.webhook.HasField("previous_secret_expire_time")
        assert hook.call("TestWebhook", name=hook.name).is_delivered
        (message,) = receiver.arrived("webhook.test")
        assert len(message.signatures) == 2
        assert message.is_signed_with(hook.secret) and message.is_signed_with(fresh.secret)
        again = hook.call("RotateWebhookSecret", name=hook.name)
        hook.call("TestWebhook", name=hook.name)
        last = receiver.arrived("webhook.test")[-1]
        assert last.is_signed_with(again.secret) and last.is_signed_with(fresh.secret) and not last.is_signed_with(hook.secret)


def test_a_test_says_how_it_went(world, receiver):
    receiver.answer = lambda message: 418
    with Hook(world, receiver, state="STATE_PAUSED") as hook:
        answer = hook.call("TestWebhook", name=hook.name)
        assert not answer.is_delivered
        assert (answer.failure.reason, answer.failure.http_status) == ("HTTP_STATUS", 418)


def test_a_secret_is_shown_once(world, receiver):
    unit = world.unit(JIANGSU)
    request = {"parent": f"units/{JIANGSU}", "webhook_id": "once", "webhook": {"url": receiver.url}, "request_id": "once-1"}
    first = unit.call("WebhookService/CreateWebhook", **request)
    assert first.secret.startswith("whsec_")
    again = unit.call("WebhookService/CreateWebhook", **request)
    assert (again.webhook, again.secret) == (first.webhook, "")
    with refused(ALREADY_EXISTS, "WEBHOOK_EXISTS"):
        unit.call("WebhookService/CreateWebhook", **{**request, "request_id": ""})
    unit.call("WebhookService/DeleteWebhook", name=first.webhook.name)


def test_a_webhook_is_its_units_own(world, receiver):
    with Hook(world, receiver) as hook:
        stranger = world.unit(ZHEJIANG)
        for method in ("GetWebhook", "DeleteWebhook", "RotateWebhookSecret", "TestWebhook"):
            with refused(PERMISSION_DENIED, "NOT_OWNER"):
                stranger.call(f"WebhookService/{method}", name=hook.name)
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            stranger.call("WebhookService/ListDeadLetters", parent=hook.name)
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            stranger.call("WebhookService/CreateWebhook", parent=f"units/{JIANGSU}", webhook_id="x", webhook={"url": receiver.url})
        operator = world.suite.operator()
        assert operator.call("WebhookService/GetWebhook", name=hook.name).webhook.url == receiver.url
        for method in ("DeleteWebhook", "RotateWebhookSecret", "TestWebhook"):
            with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
                operator.call(f"WebhookService/{method}", name=hook.name)


def test_a_unit_has_at_most_eight(world, receiver):
    hooks = [Hook(world, receiver, ZHEJIANG, f"hook-{number}") for number in range(8)]
    with refused(RESOURCE_EXHAUSTED, "TOO_MANY_WEBHOOKS"):
        Hook(world, receiver, ZHEJIANG, "hook-8")
    for hook in hooks:
        hook.call("DeleteWebhook", name=hook.name)


def test_nobody_is_sent_to_what_stands_beside_the_suite(suite):
    """A deployment without --webhook-allow."""
    world = World(suite, module_programme(__name__))
    unit = world.unit(JIANGSU)
    create = lambda url: unit.call("WebhookService/CreateWebhook", parent=f"units/{JIANGSU}", webhook_id="x", webhook={"url": url})
    for url in ("http://example.cn/", "https://example.cn:6379/", "https://user@example.cn/", "file:///etc/passwd", "https://127.1/"):
        with refused(INVALID_ARGUMENT, "WEBHOOK_URL_REFUSED"):
            create(url)
    for url in ("https://127.0.0.1/", "https://localhost:8443/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/"):
        name = create(url).webhook.name
        answer = unit.call("WebhookService/TestWebhook", name=name)
        assert (answer.is_delivered, answer.failure.reason) == (False, "ADDRESS_REFUSED"), url
        unit.call("WebhookService/DeleteWebhook", name=name)


def test_what_was_taken_when_the_power_failed_comes_again_and_nothing_is_missing(tmp_path, programmes, receiver):
    suite = EmbeddedSuite(tmp_path, START, programmes=programmes, webhook_flags=FLAGS)
    # Dies right after the receiver has taken an event and before that is remembered.
    suite.start({"jiebang": {"JIEBANG_KILL_AT": "webhook.delivered"}})
    try:
        world = World(suite, module_programme(__name__))
        hook = Hook(world, receiver, services=["application"])
        process = suite.processes()[0]
        _, first = world.filed(JIANGSU)
        wait_until(lambda: not process.is_running, "the death")
        (taken,) = receiver.messages
        suite.start()
        _, second = world.filed(JIANGSU)
        again = receiver.wait_for(SUBMITTED, 3)
        assert [message.id for message in again[:2]] == [taken.id] * 2
        assert [message.event["subject"] for message in again] == [first.application, first.application, second.application]
        assert len(receiver.messages) == 3
        receiver.checks(again[-1], hook.secret)
    finally:
        suite.close()
