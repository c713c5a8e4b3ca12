#include "common/rpc/item.h"

#include <utility>

#include "common/deterministic/deterministic.h"
#include "common/errors/error.h"
#include "common/token/digest.h"

namespace jiebang::rpc {
namespace {

absl::Status RequestIdReused() {
  return MalformedField("request_id", "request_id was used before for another request; choose a new one",
                        "request_id 已用于另一个请求，请换一个新的", "REQUEST_ID_REUSED");
}

}  // namespace

Call CallOfItem(const Call& stream, identity::v1::Principal principal, absl::Time now, std::string item_id,
                const google::protobuf::Message& item) {
  return Call({.principal = std::move(principal),
               .now = now,
               .deadline = stream.deadline(),
               .method = stream.method(),
               .request_id = std::move(item_id),
               .request_fingerprint = token::Sha256Hex(DeterministicBytes(item)),
               .trace_parent = stream.trace_parent()});
}

Task<absl::StatusOr<bool>> FirstAnswer(const ReplayMemory& replays, const Call& call, std::string_view resource,
                                       google::protobuf::Message& answer) {
  if (replays.store == nullptr) co_return false;
  const std::string partition = replays.partition_of(resource);
  if (partition.empty()) co_return false;
  const absl::StatusOr<store::Replay> first = co_await replays.store->FindReplay(partition, call.ReplayKey());
  if (absl::IsNotFound(first.status())) co_return false;
  if (!first.ok()) co_return first.status();
  if (first->fingerprint != call.request_fingerprint()) co_return RequestIdReused();
  if (!answer.ParseFromString(first->answer)) co_return absl::InternalError("a remembered answer cannot be read");
  co_return true;
}

}  // namespace jiebang::rpc
