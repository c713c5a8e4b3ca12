#include "common/store/redis/cluster.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::redis {
namespace {

NodeOptions ForAsking(NodeOptions options) {
  options.connections = 1;
  options.replicas = 0;
  return options;
}

}  // namespace

Cluster::Cluster(EventLoop& loop, Crew& crew, std::vector<Endpoint> seeds, NodeOptions options)
    : loop_(loop), crew_(crew), seeds_(std::move(seeds)), options_(ForAsking(std::move(options))) {
  Know(SlotMap());
}

void Cluster::Know(const SlotMap& map) {
  std::set<Endpoint> known = map.Primaries();
  known.insert(map.replicas().begin(), map.replicas().end());
  known.insert(seeds_.begin(), seeds_.end());
  for (auto informant = informants_.begin(); informant != informants_.end();) {
    if (known.contains(informant->first)) {
      ++informant;
      continue;
    }
    informant->second->Retire();
    informant = informants_.erase(informant);
  }
  for (const Endpoint& endpoint : known) {
    std::shared_ptr<Node>& informant = informants_[endpoint];
    if (informant == nullptr) informant = Node::Start(loop_, crew_, endpoint, options_, [](const absl::Status&) {});
  }
}

Task<absl::StatusOr<SlotMap>> Cluster::Look() {
  absl::Status trouble = absl::UnavailableError("Redis Cluster: nobody answers");
  std::vector<std::shared_ptr<Node>> asked;
  for (const auto& [endpoint, informant] : informants_) asked.push_back(informant);
  // Not always the same one first: it might be cut off from the others without knowing it.
  ++next_;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    Node& informant = *asked[(next_ + i) % asked.size()];
    if (!informant.is_ready()) {
      if (!informant.trouble().ok()) trouble = informant.trouble();
      continue;
    }
    absl::StatusOr<SlotMap> map = co_await Ask(informant);
    if (map.ok()) {
      Know(*map);
      co_return map;
    }
    trouble = map.status();
  }
  co_return trouble;
}

// What a server says that is cut off from the majority is of the past; it knows that after the node timeout.
Task<absl::StatusOr<SlotMap>> Cluster::Ask(Node& informant) {
  Command state({"CLUSTER", "INFO"});
  const absl::StatusOr<Reply> info = co_await informant.Ask(std::move(state));
  if (absl::StrContains(info.status().message(), "cluster support disabled")) {
    co_return absl::FailedPreconditionError(
        absl::StrCat(informant.endpoint().ToString(), " is no server of a Cluster: want redis://"));
  }
  CO_RETURN_IF_ERROR(info.status());
  if (!absl::StrContains(info->text, "cluster_state:ok")) {
    co_return absl::UnavailableError(
        absl::StrCat("Redis Cluster: ", informant.endpoint().ToString(), " says that it is down"));
  }
  Command slots({"CLUSTER", "SLOTS"});
  const absl::StatusOr<Reply> reply = co_await informant.Ask(std::move(slots));
  CO_RETURN_IF_ERROR(reply.status());
  co_return SlotMap::FromReply(*reply, informant.endpoint());
}

void Cluster::Close() {
  for (const auto& [endpoint, informant] : informants_) informant->Retire();
}

void Cluster::Break() {
  for (const auto& [endpoint, informant] : informants_) informant->Break();
}

}  // namespace jiebang::store::redis
