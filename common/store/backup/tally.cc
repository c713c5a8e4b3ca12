#include "common/store/backup/tally.h"

#include "absl/strings/str_cat.h"

namespace jiebang::store::backup {

absl::Status Tally::Add(const pb::Item& message, std::string_view bytes) {
  if (message.has_service()) {
    EndService();
    const std::string& name = message.service().name();
    if (trailer_.services_size() > 0 && name <= trailer_.services().rbegin()->name()) {
      return absl::DataLossError(absl::StrCat("the service ", name, " stands behind a later one, or twice"));
    }
    trailer_.add_services()->set_name(name);
    return absl::OkStatus();
  }
  if (trailer_.services_size() == 0) return absl::DataLossError("an item before the first service");
  pb::ServiceSummary& service = *trailer_.mutable_services()->rbegin();
  if (message.has_record()) service.set_records(service.records() + 1);
  if (message.has_replay()) service.set_replays(service.replays() + 1);
  if (message.has_journal_entry()) service.set_journal_entries(service.journal_entries() + 1);
  digest_.Add(bytes);
  return absl::OkStatus();
}

const pb::Trailer& Tally::Finish() {
  EndService();
  return trailer_;
}

void Tally::EndService() {
  if (trailer_.services_size() == 0) return;
  pb::ServiceSummary& service = *trailer_.mutable_services()->rbegin();
  if (service.sha256().empty()) service.set_sha256(digest_.Finish());
}

}  // namespace jiebang::store::backup
