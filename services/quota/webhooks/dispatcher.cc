#include "services/quota/webhooks/dispatcher.h"

#include <cstdio>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "common/token/random.h"
#include "services/quota/domain/webhook.h"

namespace jiebang::quota {
namespace {

constexpr absl::Duration kLease = absl::Seconds(15);
constexpr absl::Duration kRenewBefore = absl::Seconds(10);
// Before the lease runs out, since clocks of two machines differ.
constexpr absl::Duration kClockDifference = absl::Seconds(2);
constexpr std::size_t kHolderBytes = 8;
constexpr std::size_t kMostRedeliveriesAtOnce = 16;

// Versions alone do not tell a webhook from another of its name that was made after it was taken away.
bool IsSame(const KeptWebhook& a, const KeptWebhook& b) {
  return a.version == b.version && a.value.SerializeAsString() == b.value.SerializeAsString();
}

}  // namespace

Dispatcher::Dispatcher(DeliveryMeans means)
    : means_(std::move(means)), holder_(absl::BytesToHexString(token::RandomBytes(kHolderBytes))) {}

Task<void> Dispatcher::Run() {
  home_ = &co_await Home();
  while (!home_->stopping()) {
    const absl::Status status = co_await Round();
    if (!status.ok()) std::fprintf(stderr, "webhooks: %s; trying again\n", status.ToString().c_str());
    co_await Sleep(means_.pause);
  }
  const bool held = MayDeliver();
  EndAll();
  held_until_ = absl::InfinitePast();
  // Another replica need not wait until it runs out.
  const absl::Time now = means_.wall.Now();
  if (held) (co_await means_.deliveries.TakeLease(holder_, now, now)).IgnoreError();
}

Task<absl::Status> Dispatcher::Round() {
  const absl::Status held = co_await HoldLease();
  if (!MayDeliver()) EndAll();
  CO_RETURN_IF_ERROR(held);
  if (!MayDeliver()) co_return absl::OkStatus();
  CO_RETURN_IF_ERROR(co_await Refresh());
  co_return co_await Redeliver();
}

Task<absl::Status> Dispatcher::HoldLease() {
  const absl::Time now = means_.wall.Now();
  if (held_until_ - now > kRenewBefore) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const bool held, co_await means_.deliveries.TakeLease(holder_, now, now + kLease));
  held_until_ = held ? now + kLease : absl::InfinitePast();
  co_return absl::OkStatus();
}

Task<absl::Status> Dispatcher::Refresh() {
  CO_ASSIGN_OR_RETURN(std::vector<KeptWebhook> kept, co_await means_.webhooks.All());
  std::set<std::string> present;
  for (KeptWebhook& webhook : kept) {
    CO_ASSIGN_OR_RETURN(WebhookName name, WebhookName::Parse(webhook.value.webhook().name()));
    const std::string key = name.ToString();
    present.insert(key);
    std::shared_ptr<Subscription>& known = subscriptions_[key];
    const bool is_known = known != nullptr;
    const bool was_changed = is_known && !IsSame(known->webhook, webhook);
    if (is_known && !was_changed && !known->ended) continue;
    if (is_known) {
      known->ended = true;
      // An attempt that is under way ends first, so that no event overtakes another.
      if (known->followers > 0) continue;
    }
    const bool is_paused = webhook.value.webhook().state() == v1::Webhook::STATE_PAUSED;
    known = std::make_shared<Subscription>(Subscription{.name = std::move(name), .webhook = std::move(webhook)});
    known->was_changed = was_changed;
    if (is_paused) continue;
    for (std::string& service : ServicesOf(known->webhook.value.webhook())) {
      ++known->followers;
      Spawn(*home_, FollowOne(known, std::move(service)));
    }
  }
  for (auto each = subscriptions_.begin(); each != subscriptions_.end();) {
    if (!present.contains(each->first)) each->second->ended = true;
    const bool is_over = !present.contains(each->first) && each->second->followers == 0;
    each = is_over ? subscriptions_.erase(each) : std::next(each);
  }
  co_return absl::OkStatus();
}

Task<void> Dispatcher::FollowOne(std::shared_ptr<Subscription> subscription, std::string service) {
  Follower follower(means_, subscription, std::move(service), [this] { return MayDeliver() && !home_->stopping(); });
  co_await follower.Run();
  --subscription->followers;
}

Task<absl::Status> Dispatcher::Redeliver() {
  CO_ASSIGN_OR_RETURN(const std::vector<DeadLetterName> asked, co_await means_.deliveries.AskedRedeliveries());
  for (const DeadLetterName& name : asked) {
    if (redelivering_.size() >= kMostRedeliveriesAtOnce) break;
    if (redelivering_.insert(name.ToString()).second) Spawn(*home_, RedeliverOne(name));
  }
  co_return absl::OkStatus();
}

Task<void> Dispatcher::RedeliverOne(DeadLetterName name) {
  const absl::Status status = co_await TryOnceMore(name);
  if (!status.ok()) {
    std::fprintf(stderr, "webhooks: %s: %s; trying again\n", name.ToString().c_str(), status.ToString().c_str());
  }
  redelivering_.erase(name.ToString());
}

Task<absl::Status> Dispatcher::TryOnceMore(DeadLetterName name) {
  CO_ASSIGN_OR_RETURN(const KeptWebhook webhook, co_await means_.webhooks.Find(name.webhook));
  absl::StatusOr<v1::DeadLetter> letter = co_await means_.deliveries.GetDeadLetter(name);
  if (absl::IsNotFound(letter.status()) || webhook.version == 0) {
    co_return co_await means_.deliveries.EndRedelivery(std::move(name), std::nullopt);
  }
  CO_RETURN_IF_ERROR(letter.status());
  const Attempt attempt = co_await means_.sender.Send(webhook.value, letter->event());
  std::optional<v1::DeadLetter> left;
  if (!attempt.is_taken) {
    left = *std::move(letter);
    left->set_attempts(left->attempts() + 1);
    *left->mutable_last_failure() = attempt.failure;
  }
  co_return co_await means_.deliveries.EndRedelivery(std::move(name), std::move(left));
}

void Dispatcher::EndAll() {
  for (const auto& [name, subscription] : subscriptions_) subscription->ended = true;
}

bool Dispatcher::MayDeliver() const { return means_.wall.Now() < held_until_ - kClockDifference; }

}  // namespace jiebang::quota
