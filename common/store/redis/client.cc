#include "common/store/redis/client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"

namespace jiebang::store::redis {
namespace {

// How long a client that ends waits for the commands in flight.
constexpr absl::Duration kFarewell = absl::Seconds(2);
// How often somebody looks whether a look is wanted, and the least time between two looks.
constexpr absl::Duration kLookTick = absl::Milliseconds(50);
// While a slot is being moved, and while a server that a command was sent to is not connected yet.
constexpr absl::Duration kRedirectionPause = absl::Milliseconds(5);

// Errors after which the server must be asked who answers for what.
bool TellsOfAnotherPrimary(const absl::StatusOr<Reply>& answer) {
  if (!answer.ok()) return true;  // the connection broke, or there was none
  if (answer->type != Reply::Type::kError) return false;
  for (const absl::string_view word : {"READONLY", "MOVED", "CLUSTERDOWN", "MASTERDOWN", "LOADING"}) {
    if (absl::StartsWith(answer->text, word)) return true;
  }
  return false;
}

}  // namespace

Client::Client(MakeDiscovery discovery, NodeOptions options, std::set<int> slots)
    : options_(std::move(options)), wanted_slots_(std::move(slots)) {
  loop_.Post([this, discovery = std::move(discovery)] {
    discovery_ = discovery(loop_, crew_);
    crew_.Start(loop_, KeepLooking());
  });
}

Client::~Client() { Close(); }

void Client::Close() {
  loop_.Stop();
  loop_.Post([this] {
    discovery_->Close();
    for (const auto& [endpoint, node] : nodes_) node->Retire();
  });
  if (crew_.AwaitEnd(kFarewell)) return;
  loop_.Post([this] {
    discovery_->Break();
    for (const auto& [endpoint, node] : nodes_) node->Break();
  });
  crew_.AwaitEnd(absl::InfiniteDuration());
}

absl::Status Client::WaitUntilReady(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  const auto decided = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return ready_ || absl::IsFailedPrecondition(state_);
  };
  mutex_.AwaitWithDeadline(absl::Condition(&decided), deadline);
  return ready_ ? absl::OkStatus() : state_;
}

Task<absl::StatusOr<Reply>> Client::Call(int slot, const Command& command) {
  Way way{.slot = slot};
  absl::StatusOr<Reply> reply = co_await Deliver(std::move(way), command);
  if (absl::IsUnknown(reply.status())) co_return absl::UnavailableError(reply.status().message());
  co_return reply;
}

Task<absl::StatusOr<Reply>> Client::CallToCommit(int slot, const Command& command) {
  Way way{.slot = slot, .commits = true};
  co_return co_await Deliver(std::move(way), command);
}

Task<absl::StatusOr<std::vector<Reply>>> Client::CallAll(absl::Span<const Slotted> commands) {
  if (commands.empty()) co_return std::vector<Reply>();
  std::vector<Outcome> outcomes = co_await Suspend<std::vector<Outcome>>([&](Resume<std::vector<Outcome>> resume) {
    loop_.Post([this, commands, resume = std::move(resume)]() mutable { SendAll(commands, std::move(resume)); });
  });
  std::vector<Reply> replies;
  replies.reserve(outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    Answered answer = std::move(outcomes[i].answer);
    if (outcomes[i].redirection) answer = co_await Call(commands[i].slot, commands[i].command);
    if (!answer.ok()) co_return absl::UnavailableError(answer.status().message());
    if (answer->type == Reply::Type::kError) co_return ErrorOf(*answer);
    replies.push_back(*std::move(answer));
  }
  co_return replies;
}

Task<Client::Answered> Client::Deliver(Way way, const Command& command) {
  const absl::Time until = absl::Now() + options_.patience;
  for (int redirections = 0;; ++redirections) {
    Outcome outcome = co_await SendOnce(way, command);
    // To the server that a command was sent on to there may be no connection yet.
    const bool not_there_yet = redirections > 0 && absl::IsUnavailable(outcome.answer.status());
    if (!outcome.redirection && !not_there_yet) {
      if (outcome.answer.ok() && outcome.answer->type == Reply::Type::kError) co_return ErrorOf(*outcome.answer);
      co_return std::move(outcome.answer);
    }
    if (absl::Now() > until) {
      co_return absl::UnavailableError(absl::StrCat(
          "Redis: sent on ", redirections, " times, lastly with: ",
          outcome.answer.ok() ? absl::string_view(outcome.answer->text) : outcome.answer.status().message()));
    }
    way.ask_at.reset();
    if (outcome.redirection && outcome.redirection->kind == Redirection::Kind::kAsk) {
      way.ask_at = outcome.redirection->endpoint;
    }
    const bool at_once = outcome.redirection && outcome.redirection->kind != Redirection::Kind::kTryAgain;
    if (!at_once || redirections > 1) co_await Sleep(kRedirectionPause);
  }
}

Task<Client::Outcome> Client::SendOnce(const Way& way, const Command& command) {
  co_return co_await Suspend<Outcome>([&](Resume<Outcome> resume) {
    loop_.Post([this, &way, &command, resume = std::move(resume)]() mutable {
      SendOn(way, command.Encoded(), std::move(resume));
    });
  });
}

void Client::SendOn(const Way& way, absl::string_view encoded, Done done) {
  const std::shared_ptr<Node> node = way.ask_at ? NodeAt(*way.ask_at) : NodeFor(way.slot);
  if (node == nullptr) return done({.answer = NotConnected()});
  Parcel parcel = ParcelFor(node, way.slot, encoded, std::move(done));
  parcel.asking = way.ask_at.has_value();
  if (way.commits) return node->SendCommit(std::move(parcel));
  std::vector<Parcel> parcels;
  parcels.push_back(std::move(parcel));
  node->Send(std::move(parcels));
}

void Client::SendAll(absl::Span<const Slotted> commands, Resume<std::vector<Outcome>> done) {
  struct Gathering {
    Resume<std::vector<Outcome>> done;
    std::vector<Outcome> outcomes;
    std::size_t left;

    void Take(std::size_t i, Outcome outcome) {
      outcomes[i] = std::move(outcome);
      if (--left == 0) done(std::move(outcomes));
    }
  };
  const auto gathering = std::make_shared<Gathering>(
      Gathering{.done = std::move(done), .outcomes = std::vector<Outcome>(commands.size()), .left = commands.size()});
  std::map<std::shared_ptr<Node>, std::vector<Parcel>> by_node;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::shared_ptr<Node> node = NodeFor(commands[i].slot);
    if (node == nullptr) {
      gathering->Take(i, {.answer = NotConnected()});
      continue;
    }
    by_node[node].push_back(ParcelFor(node, commands[i].slot, commands[i].command.Encoded(),
                                      [gathering, i](Outcome outcome) { gathering->Take(i, std::move(outcome)); }));
  }
  for (auto& [node, parcels] : by_node) node->Send(std::move(parcels));
}

Parcel Client::ParcelFor(const std::shared_ptr<Node>& node, int slot, absl::string_view encoded, Done done) {
  return {.encoded = encoded, .answer = [this, node, slot, done = std::move(done)](Answered answer) mutable {
            done(Judge(node->endpoint(), slot, std::move(answer)));
          }};
}

Client::Outcome Client::Judge(const Endpoint& from, int slot, Answered answer) {
  if (TellsOfAnotherPrimary(answer)) look_wanted_ = true;
  if (!answer.ok()) return {.answer = std::move(answer)};
  std::optional<Redirection> redirection = RedirectionOf(*answer, from);
  if (redirection && redirection->kind == Redirection::Kind::kMoved) {
    map_.Assign(slot, slot, redirection->endpoint);
    NodeAt(redirection->endpoint);  // connects
  }
  return {.answer = std::move(answer), .redirection = std::move(redirection)};
}

std::shared_ptr<Node> Client::NodeFor(int slot) const {
  const Endpoint* const endpoint = map_.Find(slot);
  if (endpoint == nullptr) return nullptr;
  const auto found = nodes_.find(*endpoint);
  return found == nodes_.end() ? nullptr : found->second;
}

std::shared_ptr<Node> Client::NodeAt(const Endpoint& endpoint) {
  std::shared_ptr<Node>& node = nodes_[endpoint];
  if (node == nullptr) {
    node = Node::Start(loop_, crew_, endpoint, options_, [this](const absl::Status& state) { Observe(state); });
  }
  return node;
}

void Client::Adopt(const SlotMap& map) {
  map_ = map;
  const std::set<Endpoint> primaries = map_.Primaries();
  for (const Endpoint& primary : primaries) NodeAt(primary);
  for (auto node = nodes_.begin(); node != nodes_.end();) {
    if (primaries.contains(node->first)) {
      ++node;
      continue;
    }
    node->second->Retire();
    node = nodes_.erase(node);
  }
}

Task<void> Client::KeepLooking() {
  absl::Time next = absl::InfinitePast();
  while (!loop_.stopping()) {
    if (look_wanted_ || absl::Now() >= next) {
      look_wanted_ = false;
      const absl::StatusOr<SlotMap> map = co_await discovery_->Look();
      next = absl::Now() + discovery_->period();
      if (map.ok()) {
        Adopt(*map);
      } else {
        look_wanted_ = true;
      }
      Observe(map.status());
    }
    co_await Sleep(kLookTick);
  }
}

void Client::Observe(const absl::Status& state) {
  const bool ready = IsReady();
  absl::MutexLock lock(&mutex_);
  ready_ = ready;
  if (!state.ok()) state_ = state;
}

bool Client::IsReady() const {
  return std::all_of(wanted_slots_.begin(), wanted_slots_.end(), [this](int slot) {
    const std::shared_ptr<Node> node = NodeFor(slot);
    return node != nullptr && node->is_ready();
  });
}

absl::Status Client::NotConnected() const {
  absl::MutexLock lock(&mutex_);
  return absl::UnavailableError(absl::StrCat("no connection; the last one: ", state_.message()));
}

}  // namespace jiebang::store::redis
