#include "common/store/redis/reply.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include <hiredis/hiredis.h>

namespace jiebang::store::redis {
namespace {

struct KnownError {
  absl::string_view word;  // with which Redis begins the message
  absl::StatusCode code;
};

constexpr KnownError kKnownErrors[] = {
    {"OOM", absl::StatusCode::kResourceExhausted},  // maxmemory is reached
    {"DATALOSS", absl::StatusCode::kDataLoss},      // our own scripts say so
    {"BUSY", absl::StatusCode::kUnavailable},       // a script of somebody runs for too long
    {"CLUSTERDOWN", absl::StatusCode::kUnavailable},
    {"LOADING", absl::StatusCode::kUnavailable},  // it reads its file after a start
    {"MASTERDOWN", absl::StatusCode::kUnavailable},
    {"MISCONF", absl::StatusCode::kUnavailable},     // it cannot write to its disk
    {"NOREPLICAS", absl::StatusCode::kUnavailable},  // min-replicas-to-write
    {"READONLY", absl::StatusCode::kUnavailable},    // a replica: the master is elsewhere now
    {"TRYAGAIN", absl::StatusCode::kUnavailable},
    {"NOAUTH", absl::StatusCode::kFailedPrecondition},
    {"NOPERM", absl::StatusCode::kFailedPrecondition},
    {"WRONGPASS", absl::StatusCode::kFailedPrecondition},
};

}  // namespace

Reply ToReply(const redisReply& reply) {
  Reply result;
  switch (reply.type) {
    case REDIS_REPLY_INTEGER:
      result.type = Reply::Type::kInteger;
      result.integer = reply.integer;
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      result.type = Reply::Type::kText;
      result.text.assign(reply.str, static_cast<std::size_t>(reply.len));
      break;
    case REDIS_REPLY_ERROR:
      result.type = Reply::Type::kError;
      result.text.assign(reply.str, static_cast<std::size_t>(reply.len));
      break;
    case REDIS_REPLY_ARRAY:
      result.type = Reply::Type::kArray;
      result.elements.reserve(reply.elements);
      for (std::size_t i = 0; i < reply.elements; ++i) result.elements.push_back(ToReply(*reply.element[i]));
      break;
    default:
      break;
  }
  return result;
}

absl::Status ErrorOf(const Reply& error) {
  const absl::string_view message = error.text;
  const absl::string_view word = message.substr(0, message.find(' '));
  for (const KnownError& known : kKnownErrors) {
    if (word == known.word) return absl::Status(known.code, absl::StrCat("Redis: ", message));
  }
  return absl::InternalError(absl::StrCat("Redis: ", message));
}

absl::Status UnexpectedReply() { return absl::InternalError("Redis answered with another type than the command has"); }

}  // namespace jiebang::store::redis
