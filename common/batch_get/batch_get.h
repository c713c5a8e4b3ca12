// Many resources by their names in one call (AIP-231): all of them, in the order of the names, or none.
#ifndef JIEBANG_COMMON_BATCH_GET_BATCH_GET_H_
#define JIEBANG_COMMON_BATCH_GET_BATCH_GET_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/async/task.h"
#include "common/status/status_macros.h"
#include "google/protobuf/repeated_field.h"

namespace jiebang {

// How many bytes of resources one answer may have; with what lies around them it stays below the longest message.
inline constexpr std::size_t kMostBatchBytes = 4'000'000;

// True where `name` stands in `parent`, in which `-` stands for any id; the empty parent has everything in it.
bool StandsIn(std::string_view parent, std::string_view name);

// INVALID_ARGUMENT: a name that does not stand in the call's parent.
absl::Status NotInParent(std::string_view parent, const std::string& field);
// NOT_FOUND naming those at the `missing` positions: all by their positions ("0,4-9", as violations of `names`), which
// however many they are find room in an error, and as many as then have room by their names (as `names[4]`).
absl::Status BatchIncomplete(const std::vector<std::size_t>& missing, const std::vector<std::string>& names);
// FAILED_PRECONDITION: only the first `fitting` names go into one answer.
absl::Status BatchTooLarge(std::size_t fitting);

// Reads some resources at once; nullopt for one that is not there or that the caller does not see.
template <class Name, class Message>
using FetchSome = std::function<Task<absl::StatusOr<std::vector<std::optional<Message>>>>(std::vector<Name> names)>;

// The names of a batch as types. INVALID_ARGUMENT: the first one that is none, or does not stand in `parent`.
template <class Name>
absl::StatusOr<std::vector<Name>> ParseBatch(const google::protobuf::RepeatedPtrField<std::string>& names,
                                             std::string_view parent = "") {
  std::vector<Name> parsed;
  for (int i = 0; i < names.size(); ++i) {
    const std::string field = absl::StrCat("names[", i, "]");
    ASSIGN_OR_RETURN(Name name, Name::Parse(names[i], field));
    if (!StandsIn(parent, names[i])) return NotInParent(parent, field);
    parsed.push_back(std::move(name));
  }
  return parsed;
}

// Every resource as it stood at some moment of the call; of two resources these may be two moments, since nothing is
// read atomically across records. Reads `at_once` at a time, so that no more than so many are held beyond
// kMostBatchBytes. Errors: fetch's; NOT_FOUND BATCH_INCOMPLETE; FAILED_PRECONDITION BATCH_TOO_LARGE.
template <class Name, class Message>
Task<absl::StatusOr<std::vector<Message>>> GetBatch(std::vector<Name> names, std::size_t at_once,
                                                    FetchSome<Name, Message> fetch) {
  std::vector<Message> found;
  std::vector<std::size_t> missing;
  std::size_t bytes = 0;
  for (std::size_t begin = 0; begin < names.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, names.size());
    std::vector<Name> some(names.begin() + begin, names.begin() + end);
    CO_ASSIGN_OR_RETURN(std::vector<std::optional<Message>> fetched, co_await fetch(std::move(some)));
    for (std::size_t i = begin; i < end; ++i) {
      std::optional<Message>& message = fetched[i - begin];
      if (!message.has_value()) {
        missing.push_back(i);
        continue;
      }
      bytes += message->ByteSizeLong();
      if (bytes > kMostBatchBytes) co_return BatchTooLarge(i);
      found.push_back(*std::move(message));
    }
  }
  if (missing.empty()) co_return found;
  std::vector<std::string> texts;
  for (const Name& name : names) texts.push_back(name.ToString());
  co_return BatchIncomplete(missing, texts);
}

// Into the repeated field of an answer.
template <class Message>
void MoveInto(std::vector<Message> messages, google::protobuf::RepeatedPtrField<Message>& field) {
  field.Reserve(static_cast<int>(messages.size()));
  for (Message& message : messages) *field.Add() = std::move(message);
}

}  // namespace jiebang

#endif  // JIEBANG_COMMON_BATCH_GET_BATCH_GET_H_
