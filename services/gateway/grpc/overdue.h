// Calls whose callers keep us waiting: one who sends no message, and one who does not take its answer, would hold a
// place for ever otherwise.
#ifndef JIEBANG_SERVICES_GATEWAY_GRPC_OVERDUE_H_
#define JIEBANG_SERVICES_GATEWAY_GRPC_OVERDUE_H_

#include <list>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"

namespace jiebang::gateway {

// Thread-safe.
class Overdue {
  struct Watched {
    grpc::ServerContext* context;
    absl::Time due;
  };

 public:
  // A message has to be there so long after its call.
  explicit Overdue(absl::Duration message_patience) : message_patience_(message_patience) {}

  // A call that is watched as long as this lives. It is cancelled when its message does not come in time, and when it
  // has not ended a while after `deadline`.
  class Call {
   public:
    Call(Overdue& overdue, grpc::ServerContext& context, absl::Time deadline);
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call();

    void HasMessage() const;

   private:
    Overdue& overdue_;
    const absl::Time deadline_;
    std::list<Watched>::iterator place_;
  };

  // Cancels those that are overdue at `now`.
  void Cancel(absl::Time now);

 private:
  const absl::Duration message_patience_;
  absl::Mutex mutex_;
  std::list<Watched> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GRPC_OVERDUE_H_
