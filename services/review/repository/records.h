// Messages as records of the store, and the small things that all repositories of this service do with them.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_RECORDS_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_RECORDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/async/task.h"
#include "common/store/store.h"

namespace jiebang::review {

// DATA_LOSS when the bytes are no such message.
template <class Message>
absl::StatusOr<Message> MessageOf(const store::Record& record) {
  Message message;
  if (!message.ParseFromString(record.value)) {
    return absl::DataLossError(absl::StrCat("the record ", record.id, " cannot be read"));
  }
  return message;
}

// The same with its version as etag.
template <class Message>
absl::StatusOr<Message> VersionedMessageOf(const store::Record& record) {
  absl::StatusOr<Message> message = MessageOf<Message>(record);
  if (message.ok()) message->set_etag(absl::StrCat(record.version));
  return message;
}

// The version behind an etag that this service set.
inline std::uint64_t VersionOf(const std::string& etag) {
  std::uint64_t version = 0;
  if (!absl::SimpleAtoi(etag, &version)) return 0;
  return version;
}

// The etag after the next put.
inline std::string NextEtag(const std::string& etag) { return absl::StrCat(VersionOf(etag) + 1); }

// What is stored of a message that carries an etag: everything but that.
template <class Message>
std::string Stored(Message message) {
  message.clear_etag();
  return message.SerializeAsString();
}

// What does not fit one commit is written before it, where no reader looks yet: under an id that begins with the digest
// of the whole. Then one commit names the digest in the round, and with it everything is there at once. After a crash
// the leftovers are what a repetition writes again, or nothing refers to them.
std::string ContentPrefix(const std::string& round_id, const std::string& digest);

// Writes the puts in several commits, each only while `unchanged` holds: once the round has moved on, what is under the
// digest belongs to the round and is not touched. ABORTED when it has.
Task<absl::Status> WriteAhead(store::Store& store, std::string partition, store::Precondition unchanged,
                              std::vector<store::Put> puts);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_RECORDS_H_
