#include "services/quota/webhooks/follower.h"

#include <cstdio>
#include <random>
#include <utility>

#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/rpc/call.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/cloud_event.h"
#include "services/quota/domain/webhook.h"

namespace jiebang::quota {
namespace {

// How long to wait after an error of our own (a store or a service that is away), in pauses.
constexpr int kTryAgainPauses = 5;
// How far a place may be behind what was passed over, in time: what a restart looks through again.
constexpr absl::Duration kPassedOverKept = absl::Minutes(1);

bool IsLoss(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "RESUME_TOKEN_EXPIRED" || reason == "RESUME_TOKEN_DIVERGED";
}

double Jitter() {
  thread_local std::minstd_rand random{std::random_device()()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

Follower::Follower(const DeliveryMeans& means, std::shared_ptr<Subscription> subscription, std::string service,
                   std::function<bool()> may_deliver)
    : means_(means),
      subscription_(std::move(subscription)),
      service_(std::move(service)),
      may_deliver_(std::move(may_deliver)),
      is_at_once_(subscription_->was_changed) {}

Task<void> Follower::Run() {
  while (!HasEnded()) {
    const absl::StatusOr<bool> moved = co_await Round();
    if (absl::IsAborted(moved.status())) {
      // Whoever was faster knows more: begin with what is kept now.
      place_.reset();
    } else if (!moved.ok()) {
      std::fprintf(stderr, "webhook %s: %s: %s; trying again\n", subscription_->name.ToString().c_str(),
                   service_.c_str(), moved.status().ToString().c_str());
    }
    if (moved.ok() && *moved) continue;
    const absl::Duration pause = moved.ok() ? means_.pause : means_.pause * kTryAgainPauses;
    co_await Sleep(pause);
  }
}

Task<absl::StatusOr<bool>> Follower::Round() {
  if (!place_) CO_RETURN_IF_ERROR(co_await FindPlace());
  const bool waits = !std::exchange(is_at_once_, false) && status().failed_attempts() > 0;
  if (waits && means_.wall.Now() < FromTimestamp(status().next_attempt_time())) co_return false;
  FeedQuery query{.service = service_, .resume_token = read_up_to_};
  absl::StatusOr<FeedPage> page = co_await means_.feed.Read(subscription_->name, std::move(query));
  if (IsLoss(page.status())) co_return co_await GoOnBehindLoss(page.status());
  if (!page.ok()) co_return page.status();
  for (journal::v1::Entry& entry : page->entries) {
    if (HasEnded()) co_return false;
    if (entry.has_event() && Wants(subscription_->webhook.value.webhook(), entry.event().type())) {
      CO_ASSIGN_OR_RETURN(const Delivery delivery,
                          co_await Deliver(ToCloudEvent(service_, entry), entry.resume_token()));
      if (delivery == Delivery::kLater) co_return false;
    }
    read_up_to_ = entry.resume_token();
  }
  read_up_to_ = std::move(page->resume_token);
  if (read_up_to_ != place_->value.resume_token() && means_.wall.Now() > saved_ + kPassedOverKept) {
    CO_RETURN_IF_ERROR(co_await SavePlace(read_up_to_));
  }
  co_return !page->entries.empty();
}

Task<absl::Status> Follower::FindPlace() {
  CO_ASSIGN_OR_RETURN(KeptPlace kept, co_await means_.deliveries.FindPlace(subscription_->name, service_));
  const bool is_new = kept.version == 0;
  if (is_new) {
    FeedQuery query{.service = service_, .from_now = true};
    CO_ASSIGN_OR_RETURN(FeedPage now, co_await means_.feed.Read(subscription_->name, std::move(query)));
    kept.value.mutable_status()->set_service(service_);
    kept.value.set_resume_token(std::move(now.resume_token));
  }
  place_ = std::move(kept);
  read_up_to_ = place_->value.resume_token();
  saved_ = means_.wall.Now();
  if (is_new) CO_RETURN_IF_ERROR(co_await SavePlace(read_up_to_));
  co_return absl::OkStatus();
}

Task<absl::StatusOr<bool>> Follower::GoOnBehindLoss(absl::Status loss) {
  FeedQuery query{.service = service_, .from_now = true};
  CO_ASSIGN_OR_RETURN(FeedPage now, co_await means_.feed.Read(subscription_->name, std::move(query)));
  v1::CloudEvent lost =
      EventsLost(subscription_->name.ToString(), service_, read_up_to_, ReasonOf(loss), means_.clock.Now());
  *status().mutable_lost_time() = ToTimestamp(means_.wall.Now());
  CO_ASSIGN_OR_RETURN(const Delivery delivery, co_await Deliver(std::move(lost), now.resume_token));
  if (delivery == Delivery::kDone) read_up_to_ = std::move(now.resume_token);
  co_return delivery == Delivery::kDone;
}

Task<absl::StatusOr<Follower::Delivery>> Follower::Deliver(v1::CloudEvent event, std::string behind) {
  Attempt attempt = co_await means_.sender.Send(subscription_->webhook.value, event);
  if (!attempt.is_taken) co_return co_await NoteFailure(std::move(event), std::move(behind), std::move(attempt));
  means_.reached("webhook.delivered");
  v1::DeliveryStatus& status = this->status();
  status.set_delivered_count(status.delivered_count() + 1);
  *status.mutable_last_success_time() = ToTimestamp(means_.wall.Now());
  status.clear_failed_attempts();
  CO_RETURN_IF_ERROR(co_await SavePlace(std::move(behind)));
  co_return Delivery::kDone;
}

Task<absl::StatusOr<Follower::Delivery>> Follower::NoteFailure(v1::CloudEvent event, std::string behind,
                                                               Attempt attempt) {
  const absl::Time now = means_.wall.Now();
  v1::DeliveryStatus& status = this->status();
  const int failed = status.waiting_event_id() == event.id() ? status.failed_attempts() + 1 : 1;
  status.set_failed_attempts(failed);
  *status.mutable_last_failure() = attempt.failure;
  *status.mutable_last_failure_time() = ToTimestamp(now);
  const std::optional<absl::Duration> pause = means_.retries.PauseAfter(failed, Jitter(), attempt.retry_after);
  if (!pause && !attempt.is_gone) {
    v1::DeadLetter letter;
    letter.set_name(DeadLetterName{subscription_->name, event.id()}.ToString());
    letter.set_attempts(failed);
    *letter.mutable_last_failure() = attempt.failure;
    *letter.mutable_create_time() = ToTimestamp(now);
    *letter.mutable_event() = std::move(event);
    status.clear_failed_attempts();
    CO_RETURN_IF_ERROR(co_await SavePlace(std::move(behind), std::move(letter)));
    co_return Delivery::kDone;
  }
  status.set_waiting_event_id(event.id());
  *status.mutable_waiting_event_time() = event.time();
  *status.mutable_next_attempt_time() = ToTimestamp(now + pause.value_or(absl::ZeroDuration()));
  CO_RETURN_IF_ERROR(co_await SavePlace(place_->value.resume_token()));
  if (attempt.is_gone) CO_RETURN_IF_ERROR(co_await PauseAsGone());
  co_return Delivery::kLater;
}

Task<absl::Status> Follower::PauseAsGone() {
  const KeptWebhook& present = subscription_->webhook;
  WebhookChange change{.before = present, .after = present.value};
  *change.after.mutable_webhook() = PausedAsGone(present.value.webhook());
  change.event = rpc::HappenedByService("quota", means_.clock.Now(), "webhook.paused", present.value.webhook().name(),
                                        {{"reason", "GONE"}});
  const absl::Status saved = co_await means_.webhooks.Save(std::move(change));
  // Its owner, or the follower beside this one, has changed it: what it is now, the next look says.
  if (!saved.ok() && !absl::IsAborted(saved)) co_return saved;
  subscription_->ended = true;
  co_return absl::OkStatus();
}

Task<absl::Status> Follower::SavePlace(std::string resume_token, std::optional<v1::DeadLetter> dead_letter) {
  place_->value.set_resume_token(std::move(resume_token));
  if (status().failed_attempts() == 0) {
    status().clear_waiting_event_id();
    status().clear_waiting_event_time();
    status().clear_next_attempt_time();
  }
  saved_ = means_.wall.Now();
  co_return co_await means_.deliveries.SavePlace(subscription_->name, *place_, std::move(dead_letter));
}

}  // namespace jiebang::quota
