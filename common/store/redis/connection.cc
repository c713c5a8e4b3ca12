#include "common/store/redis/connection.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include <hiredis/adapters/libev.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>

namespace jiebang::store::redis {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(10);
constexpr absl::Duration kLongestPause = absl::Seconds(1);

absl::Status Broken(absl::string_view why) { return absl::UnavailableError(absl::StrCat("Redis: ", why)); }

absl::Status AnswerLost() { return absl::UnknownError("Redis: the connection broke before the answer came"); }

}  // namespace

// What hiredis calls. It never uses a context again after it has reported its end, and neither do we.
struct Connection::Callbacks {
  struct Sent {
    Connection* connection;
    Answer answer;
  };

  static Connection& Of(const redisAsyncContext* context) { return *static_cast<Connection*>(context->data); }

  static void OnConnect(const redisAsyncContext* context, int status) {
    Connection& connection = Of(context);
    connection.connecting_since_ = absl::InfiniteFuture();
    if (status == REDIS_OK) {
      // So that a server that vanished without a word is noticed even when nobody asks for anything.
      if (!connection.endpoint_.host.empty()) redisEnableKeepAlive(&connection.context_->c);
      return connection.TellWaiter(absl::OkStatus());
    }
    connection.context_ = nullptr;
    connection.TellWaiter(Broken(context->c.errstr));
  }

  static void OnDisconnect(const redisAsyncContext* context, int status) {
    Connection& connection = Of(context);
    connection.context_ = nullptr;
    connection.TellWaiter(Broken(status == REDIS_OK ? "the connection was closed" : context->errstr));
  }

  static void OnReply(redisAsyncContext* /*context*/, void* reply, void* data) {
    const std::unique_ptr<Sent> sent(static_cast<Sent*>(data));
    Connection& connection = *sent->connection;
    connection.sent_.pop_front();
    if (reply == nullptr) return sent->answer(AnswerLost());
    Reply copy = ToReply(*static_cast<const redisReply*>(reply));
    // The master is another one now; where it is, a new connection finds out. Not from within a callback of hiredis.
    if (copy.type == Reply::Type::kError && absl::StartsWith(copy.text, "READONLY")) {
      connection.loop_.Post([&connection] { connection.Break(); });
    }
    sent->answer(std::move(copy));
  }
};

Connection::Connection(EventLoop& loop, Endpoint endpoint, Greeting greeting, Observer observer)
    : loop_(loop), endpoint_(std::move(endpoint)), greeting_(std::move(greeting)), observer_(std::move(observer)) {}

Task<void> Connection::Run() {
  absl::BitGen random;
  absl::Duration pause = kFirstPause;
  while (!loop_.stopping() && !retired_) {
    absl::Status status = co_await Connect();
    if (status.ok()) status = co_await greeting_(*this);
    if (status.ok()) {
      ready_ = true;
      observer_(status);
      status = co_await WaitUntilBroken();
      ready_ = false;
      pause = kFirstPause;
    } else {
      Break();
    }
    observer_(status);
    // Several connections that broke together do not come back together.
    co_await Sleep(pause * absl::Uniform(random, 0.5, 1.0));
    pause = std::min(2 * pause, kLongestPause);
  }
  Close();
  co_await WaitUntilBroken();
}

void Connection::Retire() {
  retired_ = true;
  Close();
}

Task<absl::Status> Connection::Connect() {
  context_ = endpoint_.host.empty() ? redisAsyncConnectUnix(endpoint_.unix_socket.c_str())
                                    : redisAsyncConnect(endpoint_.host.c_str(), endpoint_.port);
  if (context_ == nullptr) co_return Broken("out of memory");
  if (context_->err != 0) {
    absl::Status failed = Broken(absl::StrCat(endpoint_.ToString(), ": ", context_->errstr));
    redisAsyncFree(std::exchange(context_, nullptr));
    co_return failed;
  }
  context_->data = this;
  redisLibevAttach(loop_.loop(), context_);
  redisAsyncSetDisconnectCallback(context_, Callbacks::OnDisconnect);
  connecting_since_ = absl::Now();
  co_return co_await Suspend<absl::Status>([this](Resume<absl::Status> resume) {
    waiter_.emplace(std::move(resume));
    redisAsyncSetConnectCallback(context_, Callbacks::OnConnect);
  });
}

Task<absl::Status> Connection::WaitUntilBroken() {
  if (context_ == nullptr) co_return Broken("the connection broke");
  co_return co_await Suspend<absl::Status>([this](Resume<absl::Status> resume) { waiter_.emplace(std::move(resume)); });
}

void Connection::TellWaiter(absl::Status status) {
  if (!waiter_) return;
  Resume<absl::Status> waiter = *std::move(waiter_);
  waiter_.reset();
  waiter(std::move(status));
}

void Connection::Send(absl::string_view encoded, Answer answer) {
  if (context_ == nullptr) return answer(Broken("the connection is closed"));
  auto sent = std::make_unique<Callbacks::Sent>(Callbacks::Sent{this, std::move(answer)});
  if (redisAsyncFormattedCommand(context_, Callbacks::OnReply, sent.get(), encoded.data(), encoded.size()) !=
      REDIS_OK) {
    return sent->answer(Broken("the connection is being closed"));
  }
  sent.release();  // until OnReply
  sent_.push_back(absl::Now());
}

Task<absl::StatusOr<Reply>> Connection::Call(Command command) {
  co_return co_await Suspend<absl::StatusOr<Reply>>([&](Resume<absl::StatusOr<Reply>> resume) {
    Send(command.Encoded(),
         [resume = std::move(resume)](absl::StatusOr<Reply> reply) mutable { resume(std::move(reply)); });
  });
}

void Connection::CheckPatience(absl::Duration patience) {
  const absl::Time oldest = std::min(connecting_since_, sent_.empty() ? absl::InfiniteFuture() : sent_.front());
  if (absl::Now() - oldest > patience) Break();
}

void Connection::Close() {
  if (context_ == nullptr) return;
  const bool connecting = (context_->c.flags & REDIS_CONNECTED) == 0;
  if (connecting) return Break();
  redisAsyncDisconnect(context_);
}

void Connection::Break() {
  if (context_ == nullptr) return;
  redisAsyncContext* const context = context_;
  const bool connected = (context->c.flags & REDIS_CONNECTED) != 0;
  redisAsyncFree(context);
  if (connected) return;  // OnDisconnect has said the rest
  // Nobody is told of a connection that never was.
  context_ = nullptr;
  connecting_since_ = absl::InfiniteFuture();
  TellWaiter(Broken(absl::StrCat(endpoint_.ToString(), ": no connection in time")));
}

}  // namespace jiebang::store::redis
