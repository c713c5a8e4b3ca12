// One client's connection: reads requests one after another, hands each to the handler, writes its answer. Backpressure
// is that nothing is read before somebody asks for it, but for the first bytes of the next request.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_CONNECTION_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_CONNECTION_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "boost/asio/co_spawn.hpp"
#include "boost/asio/detached.hpp"
#include "boost/asio/post.hpp"
#include "boost/asio/write.hpp"
#include "boost/beast/core/flat_buffer.hpp"
#include "common/async/executor.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/http/server/io.h"
#include "services/gateway/http/server/request_parser.h"
#include "services/gateway/http/server/response_text.h"

namespace jiebang::http {

// What all connections of a server share.
struct Common {
  const Limits limits;
  Handler& handler;
  std::atomic<bool> draining = false;
  std::atomic<int> connections = 0;
  std::atomic<int> under_way = 0;
  std::atomic<std::int64_t> bodies_bytes = 0;
};

// A connection as its server sees it, on the connection's thread.
class AnyConnection {
 public:
  using Clock = std::chrono::steady_clock;

  virtual ~AnyConnection() = default;
  virtual Awaitable<void> Run() = 0;
  // Ends what has taken too long.
  virtual void CheckDeadlines(Clock::time_point now) = 0;
  // The server stops: see Server::Drain.
  virtual void Drain() = 0;
  // Cuts the connection and cancels its call.
  virtual void Cut() = 0;
};

// `executor` runs its calls.
std::shared_ptr<AnyConnection> NewConnection(PlainStream stream, std::string address, Common& common,
                                             Executor& executor);
std::shared_ptr<AnyConnection> NewConnection(PlainStream stream, std::shared_ptr<boost::asio::ssl::context> tls,
                                             std::string address, Common& common, Executor& executor);

template <class Stream>
class Connection final : public AnyConnection,
                         public Exchange,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  // `keeps`: what the stream needs as long as it lives.
  Connection(Stream stream, std::shared_ptr<const void> keeps, std::string address, Common& common, Executor& executor)
      : keeps_(std::move(keeps)),
        stream_(std::move(stream)),
        address_(std::move(address)),
        common_(common),
        limits_(common.limits),
        executor_(executor),
        buffer_(2 * limits_.head_bytes) {}

  // --- on the connection's thread

  Awaitable<void> Run() override {
    read_deadline_ = In(limits_.head_time);
    const bool is_open = co_await Open();
    for (int answered = 0; is_open && !read_error_ && !cut_; ++answered) {
      const Reading head = co_await ReadHead();
      if (head == Reading::kGone) break;
      if (head == Reading::kFault) {
        keep_alive_ = false;
        Response response = common_.handler.ResponseTo(fault_);
        co_await Send(std::move(response));
        body_done_ = false;  // there may be more of it
        break;
      }
      keep_alive_ = parser_->keep_alive() && answered + 1 < limits_.requests_per_connection;
      co_await Answer();
      if (!keep_alive_) break;
    }
    co_await Close();
  }

  void CheckDeadlines(Clock::time_point now) override {
    if (now > write_deadline_) {
      Cut();
    } else if (now > read_deadline_) {
      read_deadline_ = kNever;
      timed_out_ = true;
      ErrorCode ignored;
      stream_.lowest_layer().cancel(ignored);
    }
  }

  void Drain() override {
    if (is_idle_) return Cut();
    if (is_stream_) cancellation_.Cancel();
  }

  void Cut() override {
    cut_ = true;
    ErrorCode ignored;
    stream_.lowest_layer().close(ignored);
    cancellation_.Cancel();
  }

  // --- on the call's executor

  const Request& request() const override { return *request_; }

  Task<absl::StatusOr<std::string>> ReadBody(std::size_t max_bytes) override {
    if (body_done_ && body_.size() <= max_bytes) co_return std::move(body_);
    co_return co_await Suspend<absl::StatusOr<std::string>>([&](Resume<absl::StatusOr<std::string>> resume) {
      body_reader_.emplace(std::move(resume));
      StartHere([this, max_bytes] { return FetchBody(max_bytes); });
    });
  }

  Task<absl::StatusOr<std::string>> ReadSome() override {
    if (!body_.empty() || body_done_) co_return std::exchange(body_, {});
    co_return co_await Suspend<absl::StatusOr<std::string>>([&](Resume<absl::StatusOr<std::string>> resume) {
      body_reader_.emplace(std::move(resume));
      StartHere([this] { return FetchSome(); });
    });
  }

  void StopReading() override {
    boost::asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
      if (self->body_done_ || !self->is_serving_) return;
      self->keep_alive_ = false;
      self->reading_is_stopped_ = true;
      ErrorCode ignored;
      self->stream_.lowest_layer().cancel(ignored);
    });
  }

  void Respond(Response response) override { response_ = std::move(response); }

  void Begin(Response head) override {
    begun_ = true;
    head_ = std::move(head);
  }

  Task<bool> Write(std::string bytes) override {
    co_return co_await Suspend<bool>([&](Resume<bool> resume) {
      writer_.emplace(std::move(resume));
      outgoing_ = std::move(bytes);
      StartHere([this] { return SendSome(); });
    });
  }

  void End(std::string bytes) override {
    ended_ = true;
    outgoing_ = std::move(bytes);
  }

  void BecomeStream() override {
    is_stream_ = true;
    if (common_.draining) cancellation_.Cancel();
  }

  gateway::Cancellation& cancellation() override { return cancellation_; }

 private:
  enum class Reading { kDone, kGone, kFault };
  static constexpr Clock::time_point kNever = Clock::time_point::max();
  // What a client that sends its request in one go has of it in the first read.
  static constexpr std::size_t kReadBytes = 8 << 10;
  static constexpr std::size_t kPieceBytes = 64 << 10;
  // Answers up to here are copied behind their head: one write instead of two, one record of TLS.
  static constexpr std::size_t kSmallBytes = 16 << 10;

  static Clock::time_point In(absl::Duration delay) { return Clock::now() + absl::ToChronoNanoseconds(delay); }
  Clock::time_point TransferEnd(Clock::time_point begun, std::size_t bytes) const {
    return begun + absl::ToChronoNanoseconds(limits_.transfer_time +
                                             absl::Seconds(static_cast<double>(bytes) / limits_.transfer_rate));
  }

  // Runs a coroutine of this connection on its thread.
  template <class Start>
  void StartHere(Start start) {
    boost::asio::post(stream_.get_executor(), [self = this->shared_from_this(), start = std::move(start)] {
      boost::asio::co_spawn(self->stream_.get_executor(), start(), [self](std::exception_ptr) {});
    });
  }

  Awaitable<bool> Open();

  // --- reading

  // Reads on into the buffer, which nobody else touches until Arrived.
  void StartReading() {
    is_reading_ = true;
    arrived_.Clear();
    const std::size_t room = std::min(kReadBytes, buffer_.max_size() - buffer_.size());
    stream_.async_read_some(
        buffer_.prepare(room),
        [self = this->shared_from_this()](ErrorCode error, std::size_t bytes) { self->Arrived(error, bytes); });
  }

  void Arrived(ErrorCode error, std::size_t bytes) {
    is_reading_ = false;
    buffer_.commit(bytes);
    if (error) {
      read_error_ = error;
      if (is_serving_ && !reading_is_stopped_ && !timed_out_) cancellation_.Cancel();
    }
    arrived_.Fire();
  }

  // Notices when the client goes away during its call, and reads what of its next request comes meanwhile.
  void ReadAhead() {
    if (!is_reading_ && !read_error_ && buffer_.size() == 0) StartReading();
  }

  // False: nothing comes any more.
  Awaitable<bool> ReadMore() {
    if (read_error_ || buffer_.size() == buffer_.max_size()) co_return false;
    if (!is_reading_) StartReading();
    co_await arrived_.Wait();
    co_return !read_error_;
  }

  Awaitable<Reading> ReadHead() {
    request_ = nullptr;
    parser_.emplace(head_text_, limits_);
    is_idle_ = true;
    if (!is_first_) read_deadline_ = In(limits_.idle_time);
    while (!parser_->is_header_done()) {
      // What is being read is not looked at: the buffer is empty until it is there.
      if (!is_reading_ && buffer_.size() > 0) {
        if (std::exchange(is_idle_, false) && !is_first_) read_deadline_ = In(limits_.head_time);
        ErrorCode error;
        const std::size_t parsed = parser_->put(buffer_.data(), error);
        buffer_.consume(parsed);
        if (parser_->is_header_done()) break;
        if (error && error != boost::beast::http::error::need_more) {
          fault_ = FaultOf(error);
          co_return Reading::kFault;
        }
      }
      if (is_idle_ && common_.draining) co_return Reading::kGone;
      const bool more = co_await ReadMore();
      if (more) continue;
      if (is_idle_ || !std::exchange(timed_out_, false)) co_return Reading::kGone;
      read_error_ = {};
      fault_ = Fault::kHeadTooSlow;
      co_return Reading::kFault;
    }
    is_first_ = false;
    read_deadline_ = kNever;
    request_ = &head_text_.Finish();
    request_->peer_address = address_;
    request_->client_certificate = certificate_;
    if (const std::optional<Fault> fault = parser_->FaultOfHead()) {
      fault_ = *fault;
      co_return Reading::kFault;
    }
    body_.clear();
    body_bytes_ = 0;
    body_left_ = parser_->content_length().value_or(0);
    body_done_ = !parser_->chunked() && body_left_ == 0;
    body_begun_ = Clock::now();
    continues_ = parser_->expects_continue();
    co_return Reading::kDone;
  }

  // What of the body has come with its head, which most often is all of it.
  void TakeWhatIsHere() {
    if (continues_) return;
    if (body_left_ > 0) {
      const std::size_t here = static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, buffer_.size()));
      body_.reserve(std::min<std::uint64_t>(body_left_, kPieceBytes));
      TakeFromBuffer(here);
    } else if (parser_->chunked() && buffer_.size() > 0) {
      TakeChunks();
    }
  }

  void TakeFromBuffer(std::size_t bytes) {
    body_.append(static_cast<const char*>(buffer_.data().data()), bytes);
    buffer_.consume(bytes);
    body_left_ -= bytes;
    body_done_ = body_left_ == 0;
  }

  // False: they are no chunks.
  bool TakeChunks() {
    ErrorCode error;
    parser_->eager(true);
    const std::size_t parsed = parser_->put(buffer_.data(), error);
    buffer_.consume(parsed);
    body_ += parser_->TakeChunks();
    body_done_ = parser_->is_done();
    return !error || error == boost::beast::http::error::need_more;
  }

  // Adds to body_ what comes next, of which there is some unless body_done_.
  Awaitable<absl::Status> ReadPiece() {
    if (std::exchange(continues_, false)) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto [error, bytes] =
          co_await boost::asio::async_write(stream_, boost::asio::buffer(kContinue.data(), kContinue.size()), kAsTuple);
      if (error) co_return absl::CancelledError("the client is gone");
    }
    const std::size_t before = body_.size();
    while (!body_done_ && body_.size() == before) {
      if (parser_->chunked()) {
        if (buffer_.size() > 0 && !TakeChunks()) co_return absl::InvalidArgumentError("the body is not in chunks");
        if (body_done_ || body_.size() > before) break;
        // A header of a chunk that fills the buffer is none.
        if (buffer_.size() == buffer_.max_size()) co_return absl::InvalidArgumentError("a chunk's header is too long");
        const bool more = co_await ReadMore();
        if (!more) co_return WhyNoMore();
      } else if (buffer_.size() > 0) {
        TakeFromBuffer(static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, buffer_.size())));
      } else {
        const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(body_left_, kPieceBytes));
        body_.resize(before + room);
        const auto [error, bytes] =
            co_await stream_.async_read_some(boost::asio::buffer(body_.data() + before, room), kAsTuple);
        body_.resize(before + bytes);
        body_left_ -= bytes;
        body_done_ = body_left_ == 0;
        if (error) {
          read_error_ = error;
          co_return WhyNoMore();
        }
      }
    }
    co_return absl::OkStatus();
  }

  absl::Status WhyNoMore() {
    keep_alive_ = false;
    if (std::exchange(timed_out_, false)) {
      read_error_ = {};  // there may be somebody to tell
      return absl::DeadlineExceededError("the body comes too slowly");
    }
    if (reading_is_stopped_) read_error_ = {};
    return absl::CancelledError("the client is gone");
  }

  Awaitable<void> FetchBody(std::size_t max_bytes) {
    absl::Status status;
    const bool too_long = body_.size() > max_bytes || body_left_ > max_bytes - body_.size();
    if (too_long) status = absl::OutOfRangeError("the body is too long");
    if (status.ok() && parser_->content_length()) body_.reserve(body_.size() + body_left_);
    while (status.ok() && !body_done_) {
      // A second's worth at a time: who keeps the rate is never late.
      read_deadline_ = TransferEnd(body_begun_, body_.size());
      const std::size_t before = body_.size();
      status = co_await ReadPiece();
      if (!status.ok()) break;
      if (body_.size() > max_bytes) status = absl::OutOfRangeError("the body is too long");
      if (status.ok() && !Account(body_.size() - before)) {
        status = absl::ResourceExhaustedError("too many bodies are in memory");
      }
    }
    read_deadline_ = kNever;
    if (!status.ok()) keep_alive_ = false;
    if (body_done_) ReadAhead();
    if (status.ok()) {
      GiveReader(std::move(body_));
    } else {
      GiveReader(std::move(status));
    }
  }

  Awaitable<void> FetchSome() {
    if (reading_is_stopped_) {
      GiveReader(absl::CancelledError("the call is over"));
      co_return;
    }
    read_deadline_ = In(limits_.stream_pause);
    const absl::Status status = co_await ReadPiece();
    read_deadline_ = kNever;
    if (body_done_) ReadAhead();
    if (status.ok()) {
      GiveReader(std::exchange(body_, {}));
    } else {
      GiveReader(status);
    }
  }

  void GiveReader(absl::StatusOr<std::string> result) {
    Resume<absl::StatusOr<std::string>> reader = std::move(*body_reader_);
    body_reader_.reset();
    reader(std::move(result));
  }

  // False: all connections together hold too much.
  bool Account(std::size_t bytes) {
    body_bytes_ += static_cast<std::int64_t>(bytes);
    return common_.bodies_bytes.fetch_add(static_cast<std::int64_t>(bytes)) <= limits_.all_bodies_bytes;
  }

  // --- answering

  Awaitable<void> Answer() {
    is_serving_ = true;
    begun_ = ended_ = is_stream_ = reading_is_stopped_ = false;
    response_.reset();
    cancellation_.Reset();
    TakeWhatIsHere();
    if (body_done_) ReadAhead();
    ++common_.under_way;
    executor_.Post([this] { Spawn(executor_, Serve()); });
    co_await served_.Wait();
    is_serving_ = false;
    common_.bodies_bytes -= std::exchange(body_bytes_, 0);
    if (!body_done_) keep_alive_ = false;
    if (response_) {
      co_await Send(std::move(*response_));
    } else if (begun_ && ended_) {
      co_await SendFramed(true);
    } else {
      Cut();
    }
    --common_.under_way;
  }

  // On the executor; nothing of the exchange is touched after the post.
  Task<void> Serve() {
    co_await common_.handler.Serve(*this);
    boost::asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->served_.Fire(); });
  }

  Awaitable<void> Send(Response response) {
    keep_alive_ = keep_alive_ && !common_.draining;
    std::string text = HeadText(response, Framing::kLength, keep_alive_, absl::Now());
    if (request_ != nullptr && request_->verb == "HEAD") response.body.clear();
    std::string body = std::move(response.body);
    if (body.size() <= kSmallBytes) text += std::exchange(body, {});
    co_await SendTexts(std::move(text), std::move(body));
  }

  // The bytes of a stream with what belongs around them, behind the head if that has not been sent.
  std::string FramedText(std::string bytes, bool last) {
    const bool chunked = parser_->is_http_1_1();
    std::string text;
    if (head_) {
      keep_alive_ = keep_alive_ && chunked && !common_.draining;
      text = HeadText(*head_, chunked ? Framing::kChunked : Framing::kClose, keep_alive_, absl::Now());
      head_.reset();
    }
    return text + (chunked ? ChunkText(bytes, last) : bytes);
  }

  // What is outgoing; `last`: behind it the body's end.
  Awaitable<void> SendFramed(bool last) {
    std::string text = FramedText(std::exchange(outgoing_, {}), last);
    std::string nothing;
    co_await SendTexts(std::move(text), std::move(nothing));
  }

  Awaitable<void> SendSome() {
    co_await SendFramed(false);
    Resume<bool> writer = std::move(*writer_);
    writer_.reset();
    writer(!write_failed_);
  }

  // Both in one write.
  Awaitable<void> SendTexts(std::string head, std::string body) {
    if (write_failed_ || head.empty()) co_return;
    write_deadline_ = TransferEnd(Clock::now(), head.size() + body.size());
    const std::array<boost::asio::const_buffer, 2> texts{boost::asio::buffer(head), boost::asio::buffer(body)};
    const auto [error, bytes] = co_await boost::asio::async_write(stream_, texts, kAsTuple);
    write_deadline_ = kNever;
    if (!error) co_return;
    write_failed_ = true;
    keep_alive_ = false;
    cancellation_.Cancel();
  }

  // --- ending

  Awaitable<void> Close() {
    write_deadline_ = In(limits_.linger);
    read_deadline_ = kNever;
    if (!cut_ && !read_error_ && !write_failed_) {
      co_await SayGoodbye();
      // A socket that is closed with unread bytes resets the connection, and the client may lose its answer.
      const bool unread = !body_done_ || buffer_.size() > 0;
      while (unread && !cut_ && !read_error_) {
        buffer_.clear();
        const bool more = co_await ReadMore();
        if (!more) break;
      }
    }
    ErrorCode ignored;
    stream_.lowest_layer().close(ignored);
    // What reads still ends with the socket, and holds this connection until then.
  }

  Awaitable<void> SayGoodbye();

  const std::shared_ptr<const void> keeps_;
  Stream stream_;
  const std::string address_;
  std::string certificate_;
  Common& common_;
  const Limits& limits_;
  Executor& executor_;

  boost::beast::flat_buffer buffer_;
  Head head_text_;
  std::optional<RequestParser> parser_;
  Request* request_ = nullptr;
  Clock::time_point read_deadline_ = kNever;
  Clock::time_point write_deadline_ = kNever;
  Fault fault_ = Fault::kMalformed;
  ErrorCode read_error_;
  Signal arrived_;
  bool is_reading_ = false;
  bool is_first_ = true;
  bool is_idle_ = true;
  bool timed_out_ = false;
  bool cut_ = false;
  bool write_failed_ = false;
  bool keep_alive_ = true;

  // Of the exchange; the executor's from the start of Serve to its end, but for what it asks this thread to do.
  Signal served_;
  gateway::Cancellation cancellation_;
  std::string body_;
  std::uint64_t body_left_ = 0;  // of a body with a length
  std::int64_t body_bytes_ = 0;  // accounted for
  Clock::time_point body_begun_;
  std::atomic<bool> is_serving_ = false;
  std::atomic<bool> is_stream_ = false;
  bool body_done_ = true;
  bool continues_ = false;
  bool reading_is_stopped_ = false;
  bool begun_ = false;
  bool ended_ = false;
  std::optional<Response> response_;
  std::optional<Response> head_;
  std::string outgoing_;
  std::optional<Resume<absl::StatusOr<std::string>>> body_reader_;
  std::optional<Resume<bool>> writer_;
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_CONNECTION_H_
