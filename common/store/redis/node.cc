#include "common/store/redis/node.h"

#include <algorithm>
#include <utility>

namespace jiebang::store::redis {
namespace {

// So that commits can be sent while others wait for the replicas.
constexpr int kLanes = 2;

}  // namespace

std::shared_ptr<Node> Node::Start(EventLoop& loop, Crew& crew, Endpoint endpoint, NodeOptions options,
                                  Observer observer) {
  const std::shared_ptr<Node> node(new Node(loop, std::move(endpoint), std::move(options), std::move(observer)));
  // Each coroutine keeps the node alive.
  const auto keeping = [](std::shared_ptr<Node> kept, Task<void> task) -> Task<void> {
    const std::shared_ptr<Node> until_the_end = std::move(kept);
    co_await std::move(task);
  };
  for (const std::unique_ptr<Connection>& connection : node->connections_) {
    crew.Start(loop, keeping(node, connection->Run()));
  }
  for (const std::unique_ptr<CommitLane>& lane : node->lanes_) {
    crew.Start(loop, keeping(node, lane->connection().Run()));
  }
  crew.Start(loop, keeping(node, node->Watch()));
  return node;
}

Node::Node(EventLoop& loop, Endpoint endpoint, NodeOptions options, Observer observer)
    : loop_(loop), endpoint_(std::move(endpoint)), options_(std::move(options)), observer_(std::move(observer)) {
  const auto observe = [this](const absl::Status& state) { Observe(state); };
  for (int i = 0; i < options_.connections; ++i) {
    connections_.push_back(std::make_unique<Connection>(loop_, endpoint_, options_.greeting, observe));
  }
  if (options_.replicas == 0) return;
  for (int i = 0; i < kLanes; ++i) {
    lanes_.push_back(std::make_unique<CommitLane>(loop_, endpoint_, options_.greeting, observe, options_.replicas,
                                                  options_.patience / 2));
  }
}

bool Node::is_ready() const {
  const auto ready = [](const auto& connection) { return connection->is_ready(); };
  const auto lane_ready = [](const auto& lane) { return lane->connection().is_ready(); };
  return std::any_of(connections_.begin(), connections_.end(), ready) &&
         (lanes_.empty() || std::any_of(lanes_.begin(), lanes_.end(), lane_ready));
}

void Node::Observe(const absl::Status& state) {
  if (!state.ok()) trouble_ = state;
  observer_(state);
}

void Node::Send(std::vector<Parcel> parcels) {
  Connection* const connection = Idlest();
  for (Parcel& parcel : parcels) {
    if (connection == nullptr) {
      parcel.answer(absl::UnavailableError(trouble_.message()));
    } else {
      std::move(parcel).SendOver(*connection);
    }
  }
}

void Node::SendCommit(Parcel parcel) {
  if (lanes_.empty()) {
    std::vector<Parcel> parcels;
    parcels.push_back(std::move(parcel));
    return Send(std::move(parcels));
  }
  CommitLane* shortest = nullptr;
  for (const std::unique_ptr<CommitLane>& lane : lanes_) {
    if (!lane->connection().is_ready()) continue;
    if (shortest == nullptr || lane->waiting() < shortest->waiting()) shortest = lane.get();
  }
  if (shortest == nullptr) return parcel.answer(absl::UnavailableError(trouble_.message()));
  shortest->Send(std::move(parcel));
}

Task<absl::StatusOr<Reply>> Node::Ask(Command command) {
  absl::StatusOr<Reply> reply = co_await Suspend<absl::StatusOr<Reply>>([&](Resume<absl::StatusOr<Reply>> resume) {
    std::vector<Parcel> parcels(1);
    parcels[0].encoded = command.Encoded();
    parcels[0].answer = std::move(resume);
    Send(std::move(parcels));
  });
  if (reply.ok() && reply->type == Reply::Type::kError) co_return ErrorOf(*reply);
  co_return reply;
}

Connection* Node::Idlest() {
  Connection* idlest = nullptr;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    Connection* const candidate = connections_[(next_ + i) % connections_.size()].get();
    if (!candidate->is_ready()) continue;
    if (idlest == nullptr || candidate->in_flight() < idlest->in_flight()) idlest = candidate;
  }
  ++next_;
  return idlest;
}

void Node::Retire() {
  retired_ = true;
  for (const std::unique_ptr<Connection>& connection : connections_) connection->Retire();
  for (const std::unique_ptr<CommitLane>& lane : lanes_) lane->connection().Retire();
}

void Node::Break() {
  retired_ = true;
  for (const std::unique_ptr<Connection>& connection : connections_) connection->Break();
  for (const std::unique_ptr<CommitLane>& lane : lanes_) lane->connection().Break();
}

// Ends connections that hang, also those that are to close.
Task<void> Node::Watch() {
  const auto silent = [](const auto& connection) { return connection.in_flight() == 0; };
  const auto all_silent = [&] {
    for (const std::unique_ptr<Connection>& connection : connections_) {
      if (!silent(*connection)) return false;
    }
    for (const std::unique_ptr<CommitLane>& lane : lanes_) {
      if (!silent(lane->connection())) return false;
    }
    return true;
  };
  while (!loop_.stopping() && !(retired_ && all_silent())) {
    co_await Sleep(options_.patience / 10);
    for (const std::unique_ptr<Connection>& connection : connections_) connection->CheckPatience(options_.patience);
    for (const std::unique_ptr<CommitLane>& lane : lanes_) lane->connection().CheckPatience(options_.patience);
  }
}

}  // namespace jiebang::store::redis
