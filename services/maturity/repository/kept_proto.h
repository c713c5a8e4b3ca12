// A message as a record holds it.
#ifndef JIEBANG_SERVICES_MATURITY_REPOSITORY_KEPT_PROTO_H_
#define JIEBANG_SERVICES_MATURITY_REPOSITORY_KEPT_PROTO_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/async/task.h"
#include "common/status/status_macros.h"
#include "common/store/store.h"

namespace jiebang::maturity {

// `version` 0: it is not there yet.
template <class Message>
struct Kept {
  Message message;
  std::uint64_t version = 0;
};

template <class Message>
absl::StatusOr<Kept<Message>> Parsed(const store::Record& record) {
  Kept<Message> kept{.version = record.version};
  if (!kept.message.ParseFromString(record.value)) {
    return absl::DataLossError(absl::StrCat("a ", Message::descriptor()->name(), " cannot be read"));
  }
  return kept;
}

// nullopt: there is none.
template <class Message>
Task<absl::StatusOr<std::optional<Kept<Message>>>> Find(store::Store& store, store::Key key) {
  const absl::StatusOr<store::Record> record = co_await store.Get(std::move(key));
  if (absl::IsNotFound(record.status())) co_return std::nullopt;
  if (!record.ok()) co_return record.status();
  absl::StatusOr<Kept<Message>> kept = Parsed<Message>(*record);
  if (!kept.ok()) co_return kept.status();
  co_return *std::move(kept);
}

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPOSITORY_KEPT_PROTO_H_
