#include "common/journal/refusals.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::journal {
namespace {

absl::Status EventNoRefusal(std::size_t index, const std::string& type) {
  return MalformedField(absl::StrCat("refusals[", index, "].type"),
                        absl::StrCat("\"", type, "\" is no refusal; want ", kCallRefused, " or ", kCallsRefused),
                        absl::StrCat("“", type, "”不是拒绝事件，只接受 ", kCallRefused, " 或 ", kCallsRefused),
                        "EVENT_NO_REFUSAL");
}

}  // namespace

store::Commit CommitOf(const std::vector<v1::Event>& refusals, unsigned turn) {
  store::Commit commit{.partition = absl::StrCat("refusals/", turn % kRefusalPartitions)};
  commit.events.reserve(refusals.size());
  for (const v1::Event& refusal : refusals) {
    commit.events.push_back(
        {.type = refusal.type(), .resource = refusal.resource(), .payload = refusal.SerializeAsString()});
  }
  return commit;
}

Task<absl::Status> KeepRefusals(store::Store& store, std::vector<v1::Event> refusals, unsigned turn) {
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    if (!IsRefusal(refusals[i])) co_return EventNoRefusal(i, refusals[i].type());
  }
  if (refusals.empty()) co_return absl::OkStatus();
  store::Commit commit = CommitOf(refusals, turn);
  co_return co_await store.Apply(std::move(commit));
}

}  // namespace jiebang::journal
