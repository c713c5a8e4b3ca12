// Between the store's records and the messages in them.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
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

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_RECORDS_H_
