#include "services/quota/repository/webhook_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/webhook_errors.h"
#include "services/quota/repository/webhook_tables.h"

namespace jiebang::quota {

namespace tables = webhook_tables;

namespace {

std::string IdOf(const WebhookName& name) { return absl::StrCat(name.unit, "/", name.id); }

absl::StatusOr<KeptWebhook> WebhookIn(const store::Record& record) {
  KeptWebhook kept{.version = record.version};
  if (!kept.value.ParseFromString(record.value)) return absl::DataLossError(absl::StrCat("webhook ", record.id));
  kept.value.mutable_webhook()->set_etag(absl::StrCat(record.version));
  return kept;
}

}  // namespace

std::string WebhookRepository::Partition() { return tables::kPartition; }

Task<absl::StatusOr<KeptWebhook>> WebhookRepository::Find(WebhookName name) {
  store::Key key{tables::kWebhook, tables::kPartition, IdOf(name)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return KeptWebhook{};
  if (!record.ok()) co_return record.status();
  co_return WebhookIn(*record);
}

Task<absl::StatusOr<KeptWebhook>> WebhookRepository::Get(WebhookName name) {
  CO_ASSIGN_OR_RETURN(KeptWebhook kept, co_await Find(name));
  if (kept.version == 0) co_return WebhookNotFound(name.ToString());
  co_return kept;
}

Task<absl::StatusOr<std::vector<KeptWebhook>>> WebhookRepository::OfUnit(std::string unit) {
  co_return co_await StartingWith(absl::StrCat(unit, "/"));
}

Task<absl::StatusOr<std::vector<KeptWebhook>>> WebhookRepository::All() { co_return co_await StartingWith(""); }

Task<absl::StatusOr<std::vector<KeptWebhook>>> WebhookRepository::StartingWith(std::string prefix) {
  std::vector<KeptWebhook> all;
  std::string after;
  for (bool more = true; more;) {
    CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(tables::kWebhook, tables::kPartition, prefix,
                                                                     after, store::kMaxScanRecords));
    for (const store::Record& record : page.records) {
      CO_ASSIGN_OR_RETURN(KeptWebhook kept, WebhookIn(record));
      all.push_back(std::move(kept));
      after = record.id;
    }
    more = page.more;
  }
  co_return all;
}

Task<absl::Status> WebhookRepository::Save(WebhookChange change) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(change.after.webhook().name()));
  const std::string id = IdOf(name);
  change.after.mutable_webhook()->clear_etag();
  change.after.mutable_webhook()->clear_deliveries();
  store::Commit commit{.partition = tables::kPartition};
  commit.preconditions.push_back({tables::kWebhook, id, change.before.version});
  commit.puts.push_back({tables::kWebhook, id, change.after.SerializeAsString()});
  for (const auto& [service, place] : change.places) {
    commit.puts.push_back({tables::kPlace, absl::StrCat(id, "/", service), place.SerializeAsString()});
  }
  commit.events.push_back(std::move(change.event));
  commit.replay = std::move(change.replay);
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> WebhookRepository::Remove(KeptWebhook present, store::Event event,
                                             std::optional<store::Replay> replay) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(present.value.webhook().name()));
  const std::string id = IdOf(name);
  store::Commit commit{.partition = tables::kPartition};
  commit.preconditions.push_back({tables::kWebhook, id, present.version});
  commit.deletes.push_back({tables::kWebhook, id});
  for (const char* const table : {tables::kPlace, tables::kDeadLetter, tables::kRedelivery}) {
    CO_ASSIGN_OR_RETURN(const store::Page left, co_await store_.Scan(table, tables::kPartition, absl::StrCat(id, "/"),
                                                                     "", tables::kMostDeadLetters));
    for (const store::Record& record : left.records) commit.deletes.push_back({table, record.id});
  }
  commit.events.push_back(std::move(event));
  commit.replay = std::move(replay);
  co_return co_await store_.Apply(std::move(commit));
}

}  // namespace jiebang::quota
