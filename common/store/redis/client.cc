#include "common/store/redis/client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"

namespace jiebang::store::redis {
namespace {

// How long a client that ends waits for the commands in flight.
constexpr absl::Duration kFarewell = absl::Seconds(2);

}  // namespace

Client::Client(Endpoint endpoint, int connections, Connection::Greeting greeting, absl::Duration patience)
    : patience_(patience) {
  for (int i = 0; i < connections; ++i) {
    connections_.push_back(
        std::make_unique<Connection>(loop_, endpoint, greeting, [this](const absl::Status& state) { Observe(state); }));
  }
  running_ = connections_.size() + 1;
  loop_.Post([this] {
    for (const std::unique_ptr<Connection>& connection : connections_) Spawn(loop_, RunCounted(*connection));
    Spawn(loop_, Watch());
  });
}

Client::~Client() {
  loop_.Stop();
  loop_.Post([this] {
    for (const std::unique_ptr<Connection>& connection : connections_) connection->Close();
  });
  const auto ended = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return running_ == 0; };
  {
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&ended), kFarewell)) return;
  }
  loop_.Post([this] {
    for (const std::unique_ptr<Connection>& connection : connections_) connection->Break();
  });
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&ended));
}

absl::Status Client::WaitUntilReady(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  const auto decided = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return ready_ || absl::IsFailedPrecondition(state_);
  };
  mutex_.AwaitWithDeadline(absl::Condition(&decided), deadline);
  return ready_ ? absl::OkStatus() : state_;
}

Task<absl::StatusOr<Reply>> Client::Call(Command& command) {
  CO_ASSIGN_OR_RETURN(std::vector<Reply> replies, co_await CallAll(absl::MakeSpan(&command, 1)));
  co_return std::move(replies.front());
}

Task<absl::StatusOr<std::vector<Reply>>> Client::CallAll(absl::Span<Command> commands) {
  if (commands.empty()) co_return std::vector<Reply>();
  Replies replies = co_await Suspend<Replies>([&](Resume<Replies> resume) {
    loop_.Post([this, commands, resume = std::move(resume)]() mutable { SendAll(commands, std::move(resume)); });
  });
  CO_RETURN_IF_ERROR(replies.status());
  for (const Reply& reply : *replies) {
    if (reply.type == Reply::Type::kError) co_return ErrorOf(reply);
  }
  co_return *std::move(replies);
}

void Client::SendAll(absl::Span<Command> commands, Resume<Replies> done) {
  struct Gathering {
    Resume<Replies> done;
    Replies replies;
    std::size_t left;
  };
  Connection* const connection = Idlest();
  if (connection == nullptr) return done(NotConnected());
  // Replies of one connection come in order, so each is at its place when it is appended.
  const auto gathering = std::make_shared<Gathering>(
      Gathering{.done = std::move(done), .replies = std::vector<Reply>(), .left = commands.size()});
  gathering->replies->reserve(commands.size());
  for (Command& command : commands) {
    connection->Send(command.Encoded(), [gathering](absl::StatusOr<Reply> reply) {
      if (!reply.ok()) {
        gathering->replies = std::move(reply).status();
      } else if (gathering->replies.ok()) {
        gathering->replies->push_back(*std::move(reply));
      }
      if (--gathering->left == 0) gathering->done(std::move(gathering->replies));
    });
  }
}

void Client::Observe(const absl::Status& state) {
  const bool ready = std::any_of(connections_.begin(), connections_.end(),
                                 [](const auto& connection) { return connection->is_ready(); });
  absl::MutexLock lock(&mutex_);
  ready_ = ready;
  if (!state.ok()) state_ = state;
}

Connection* Client::Idlest() {
  Connection* idlest = nullptr;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    Connection* const candidate = connections_[(next_ + i) % connections_.size()].get();
    if (!candidate->is_ready()) continue;
    if (idlest == nullptr || candidate->in_flight() < idlest->in_flight()) idlest = candidate;
  }
  ++next_;
  return idlest;
}

absl::Status Client::NotConnected() const {
  absl::MutexLock lock(&mutex_);
  return absl::UnavailableError(absl::StrCat("no connection; the last one: ", state_.message()));
}

Task<void> Client::Watch() {
  while (!loop_.stopping()) {
    co_await Sleep(patience_ / 10);
    for (const std::unique_ptr<Connection>& connection : connections_) connection->CheckPatience(patience_);
  }
  absl::MutexLock lock(&mutex_);
  --running_;
}

Task<void> Client::RunCounted(Connection& connection) {
  co_await connection.Run();
  absl::MutexLock lock(&mutex_);
  --running_;
}

}  // namespace jiebang::store::redis
