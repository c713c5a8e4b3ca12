// The streams between callers and services that are open: they end when the gateway stops, and when whoever opened them
// is believed no more.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_OPEN_STREAMS_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_OPEN_STREAMS_H_

#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/client_context.h"
#include "services/gateway/identity/authenticator.h"

namespace jiebang::gateway {

// Thread-safe.
class OpenStreams {
 public:
  // Outlives it.
  explicit OpenStreams(const Authenticator& authenticator) : authenticator_(authenticator) {}

  // One stream to a service, as long as it lives; all outlive it.
  class Stream {
   public:
    Stream(OpenStreams& streams, grpc::ClientContext& call, const Caller& caller);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

   private:
    OpenStreams& streams_;
    grpc::ClientContext& call_;
  };

  // Cancels all, and those that are opened later.
  void EndAll();

  // Cancels those of callers whose credentials were withdrawn.
  void EndWithdrawn();

 private:
  const Authenticator& authenticator_;
  absl::Mutex mutex_;
  bool is_over_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<grpc::ClientContext*, const Caller*> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_OPEN_STREAMS_H_
