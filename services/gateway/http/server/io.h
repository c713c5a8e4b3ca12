// How this server uses Boost.Asio: coroutines with concrete executors, errors as values, one thread a context.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_IO_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_IO_H_

#include <utility>

#include "absl/functional/any_invocable.h"
#include "boost/asio/as_tuple.hpp"
#include "boost/asio/async_result.hpp"
#include "boost/asio/awaitable.hpp"
#include "boost/asio/basic_stream_socket.hpp"
#include "boost/asio/generic/stream_protocol.hpp"
#include "boost/asio/io_context.hpp"
#include "boost/asio/ssl/stream.hpp"
#include "boost/asio/use_awaitable.hpp"
#include "boost/system/error_code.hpp"

namespace jiebang::http {

using ErrorCode = boost::system::error_code;
using IoExecutor = boost::asio::io_context::executor_type;
template <class T>
using Awaitable = boost::asio::awaitable<T, IoExecutor>;
// Of TCP or of this machine.
using PlainStream = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, IoExecutor>;
using TlsStream = boost::asio::ssl::stream<PlainStream>;

inline constexpr boost::asio::use_awaitable_t<IoExecutor> kUseAwaitable;
inline constexpr boost::asio::as_tuple_t<boost::asio::use_awaitable_t<IoExecutor>> kAsTuple{kUseAwaitable};

// Something that one coroutine waits for, on the thread of its context. May fire before anybody waits; a second firing
// before the wait is none.
class Signal {
 public:
  void Fire() {
    fired_ = true;
    if (waiter_) std::exchange(waiter_, nullptr)();
  }
  void Clear() { fired_ = false; }

  Awaitable<void> Wait() {
    if (!fired_) {
      co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<IoExecutor>, void()>(
          [this](auto handler) { waiter_ = std::move(handler); }, kUseAwaitable);
    }
    fired_ = false;
  }

 private:
  bool fired_ = false;
  absl::AnyInvocable<void()> waiter_;
};

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_IO_H_
