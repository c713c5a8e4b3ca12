// Between the store's records and the messages in them.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/store.h"
#include "services/application/domain/etag.h"

namespace jiebang::application {

// The message with the etag of the record's version. DATA_LOSS when the value is none.
template <class Message>
absl::StatusOr<Message> ParseRecord(const store::Record& record) {
  Message message;
  if (!message.ParseFromString(record.value)) {
    return absl::DataLossError(absl::StrCat("the record ", record.id, " is no ", Message::descriptor()->full_name()));
  }
  message.set_etag(EtagOf(record.version));
  return message;
}

// The same for what GetMany answers.
template <class Message>
absl::StatusOr<std::vector<std::optional<Message>>> ParseRecords(
    const std::vector<std::optional<store::Record>>& records) {
  std::vector<std::optional<Message>> messages;
  for (const std::optional<store::Record>& record : records) {
    messages.emplace_back();
    if (!record.has_value()) continue;
    ASSIGN_OR_RETURN(messages.back(), ParseRecord<Message>(*record));
  }
  return messages;
}

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_
