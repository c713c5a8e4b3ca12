// The JournalService of a service: its journal as an audit trail. The same for all, over the messages of each.
#ifndef JIEBANG_COMMON_JOURNAL_JOURNAL_CONTRACT_H_
#define JIEBANG_COMMON_JOURNAL_JOURNAL_CONTRACT_H_

#include <atomic>
#include <vector>

#include "common/async/task.h"
#include "common/journal/refusals.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {

// `RecordRequest` has `refusals`.
template <class RecordRequest, class RecordResponse>
class JournalContract {
 public:
  // The store outlives it.
  explicit JournalContract(store::Store& store) : store_(store) {}

  void Register(rpc::ServiceMethods& methods) { methods.Add("RecordRefusals", this, &JournalContract::RecordRefusals); }

 private:
  Task<absl::StatusOr<RecordResponse>> RecordRefusals(const rpc::Call& /*call*/, const RecordRequest& request) {
    std::vector<v1::Event> refusals(request.refusals().begin(), request.refusals().end());
    CO_RETURN_IF_ERROR(co_await KeepRefusals(store_, std::move(refusals), turn_++));
    co_return RecordResponse();
  }

  store::Store& store_;
  std::atomic<unsigned> turn_ = 0;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_JOURNAL_CONTRACT_H_
