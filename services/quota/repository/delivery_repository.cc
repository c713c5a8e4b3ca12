#include "services/quota/repository/delivery_repository.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/webhook_errors.h"
#include "services/quota/repository/webhook_tables.h"

namespace jiebang::quota {

namespace tables = webhook_tables;

namespace {

constexpr absl::Duration kDeadLettersKept = absl::Hours(24 * 30);

std::string Below(const WebhookName& webhook, const std::string& id) {
  return absl::StrCat(webhook.unit, "/", webhook.id, "/", id);
}

std::string IdOf(const DeadLetterName& name) { return Below(name.webhook, name.event); }

template <class Message>
absl::StatusOr<Message> MessageIn(const store::Record& record) {
  Message message;
  if (!message.ParseFromString(record.value)) return absl::DataLossError(absl::StrCat("of webhooks: ", record.id));
  return message;
}

// Those of the dead letters that go when another one comes.
std::vector<std::string> Outlived(const std::vector<std::pair<absl::Time, std::string>>& by_age, absl::Time now) {
  std::vector<std::string> outlived;
  for (std::size_t i = 0; i < by_age.size(); ++i) {
    const bool too_many = by_age.size() - i >= static_cast<std::size_t>(tables::kMostDeadLetters);
    if (too_many || by_age[i].first < now - kDeadLettersKept) outlived.push_back(by_age[i].second);
  }
  return outlived;
}

}  // namespace

Task<absl::StatusOr<KeptPlace>> DeliveryRepository::FindPlace(WebhookName webhook, std::string service) {
  store::Key key{tables::kPlace, tables::kPartition, Below(webhook, service)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return KeptPlace{};
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(v1::WebhookPlace place, MessageIn<v1::WebhookPlace>(*record));
  co_return KeptPlace{std::move(place), record->version};
}

Task<absl::StatusOr<std::vector<v1::WebhookPlace>>> DeliveryRepository::Places(WebhookName webhook) {
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(tables::kPlace, tables::kPartition,
                                                                   Below(webhook, ""), "", store::kMaxScanRecords));
  std::vector<v1::WebhookPlace> places;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(v1::WebhookPlace place, MessageIn<v1::WebhookPlace>(record));
    places.push_back(std::move(place));
  }
  co_return places;
}

Task<absl::Status> DeliveryRepository::SavePlace(WebhookName webhook, KeptPlace& place,
                                                 std::optional<v1::DeadLetter> dead_letter) {
  const std::string id = Below(webhook, place.value.status().service());
  store::Commit commit{.partition = tables::kPartition};
  commit.preconditions.push_back({tables::kPlace, id, place.version});
  if (place.version == 0) {
    // Not for a webhook that was taken away meanwhile: nothing would take its place away.
    store::Key key{tables::kWebhook, tables::kPartition, absl::StrCat(webhook.unit, "/", webhook.id)};
    const absl::StatusOr<store::Record> owner = co_await store_.Get(std::move(key));
    if (absl::IsNotFound(owner.status())) co_return absl::AbortedError("the webhook is gone");
    if (!owner.ok()) co_return owner.status();
    commit.preconditions.push_back({tables::kWebhook, owner->id, owner->version});
  }
  commit.puts.push_back({tables::kPlace, id, place.value.SerializeAsString()});
  if (dead_letter) {
    CO_ASSIGN_OR_RETURN(const DeadLetterName name, DeadLetterName::Parse(dead_letter->name()));
    CO_ASSIGN_OR_RETURN(const DeadLetterPage kept, co_await DeadLetters(webhook, "", tables::kMostDeadLetters));
    std::vector<std::pair<absl::Time, std::string>> by_age;
    for (const v1::DeadLetter& each : kept.dead_letters) {
      if (each.name() == dead_letter->name()) continue;
      by_age.emplace_back(FromTimestamp(each.create_time()), Below(webhook, each.event().id()));
    }
    std::sort(by_age.begin(), by_age.end());
    for (std::string& outlived : Outlived(by_age, FromTimestamp(dead_letter->create_time()))) {
      commit.deletes.push_back({tables::kDeadLetter, outlived});
      commit.deletes.push_back({tables::kRedelivery, std::move(outlived)});
    }
    commit.puts.push_back({tables::kDeadLetter, IdOf(name), dead_letter->SerializeAsString()});
  }
  CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  ++place.version;
  co_return absl::OkStatus();
}

Task<absl::StatusOr<DeliveryRepository::DeadLetterPage>> DeliveryRepository::DeadLetters(WebhookName webhook,
                                                                                         std::string after, int limit) {
  const std::string prefix = Below(webhook, "");
  std::string begin = after.empty() ? "" : absl::StrCat(prefix, after);
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(tables::kDeadLetter, tables::kPartition, prefix,
                                                                   std::move(begin), static_cast<std::size_t>(limit)));
  DeadLetterPage found{.more = page.more};
  std::vector<store::Key> redeliveries;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(v1::DeadLetter letter, MessageIn<v1::DeadLetter>(record));
    found.dead_letters.push_back(std::move(letter));
    redeliveries.push_back({tables::kRedelivery, tables::kPartition, record.id});
  }
  if (redeliveries.empty()) co_return found;
  CO_ASSIGN_OR_RETURN(const auto asked, co_await store_.GetMany(std::move(redeliveries)));
  for (std::size_t i = 0; i < asked.size(); ++i) found.dead_letters[i].set_is_redelivering(asked[i].has_value());
  co_return found;
}

Task<absl::StatusOr<v1::DeadLetter>> DeliveryRepository::GetDeadLetter(DeadLetterName name) {
  store::Key key{tables::kDeadLetter, tables::kPartition, IdOf(name)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return DeadLetterNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return MessageIn<v1::DeadLetter>(*record);
}

Task<absl::Status> DeliveryRepository::AskRedelivery(std::vector<DeadLetterName> names) {
  store::Commit commit{.partition = tables::kPartition};
  for (const DeadLetterName& name : names) {
    commit.puts.push_back({tables::kRedelivery, IdOf(name), name.ToString()});
  }
  if (commit.puts.empty()) co_return absl::OkStatus();
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<std::vector<DeadLetterName>>> DeliveryRepository::AskedRedeliveries() {
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(tables::kRedelivery, tables::kPartition, "", "", store::kMaxScanRecords));
  std::vector<DeadLetterName> asked;
  for (const store::Record& record : page.records) {
    CO_ASSIGN_OR_RETURN(DeadLetterName name, DeadLetterName::Parse(record.value));
    asked.push_back(std::move(name));
  }
  co_return asked;
}

Task<absl::Status> DeliveryRepository::EndRedelivery(DeadLetterName name, std::optional<v1::DeadLetter> left) {
  const std::string id = IdOf(name);
  store::Key key{tables::kDeadLetter, tables::kPartition, id};
  const absl::StatusOr<store::Record> present = co_await store_.Get(std::move(key));
  if (!present.ok() && !absl::IsNotFound(present.status())) co_return present.status();
  store::Commit commit{.partition = tables::kPartition};
  commit.preconditions.push_back({tables::kDeadLetter, id, present.ok() ? present->version : 0});
  commit.deletes.push_back({tables::kRedelivery, id});
  if (left && present.ok()) {  // it may have gone with its webhook
    left->clear_is_redelivering();
    commit.puts.push_back({tables::kDeadLetter, id, left->SerializeAsString()});
  } else {
    commit.deletes.push_back({tables::kDeadLetter, id});
  }
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<bool>> DeliveryRepository::TakeLease(std::string holder, absl::Time now, absl::Time until) {
  store::Key key{tables::kLease, tables::kPartition, tables::kLeaseId};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (!record.ok() && !absl::IsNotFound(record.status())) co_return record.status();
  std::uint64_t version = 0;
  if (record.ok()) {
    CO_ASSIGN_OR_RETURN(const v1::WebhookLease held, MessageIn<v1::WebhookLease>(*record));
    if (held.holder() != holder && FromTimestamp(held.until()) > now) co_return false;
    version = record->version;
  }
  v1::WebhookLease taken;
  taken.set_holder(std::move(holder));
  *taken.mutable_until() = ToTimestamp(until);
  store::Commit commit{.partition = tables::kPartition};
  commit.preconditions.push_back({tables::kLease, tables::kLeaseId, version});
  commit.puts.push_back({tables::kLease, tables::kLeaseId, taken.SerializeAsString()});
  const absl::Status status = co_await store_.Apply(std::move(commit));
  if (absl::IsAborted(status)) co_return false;
  if (!status.ok()) co_return status;
  co_return true;
}

}  // namespace jiebang::quota
