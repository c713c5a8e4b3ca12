// The JournalService of a service: its journal as an audit trail. The same for all, over the messages of each.
#ifndef JIEBANG_COMMON_JOURNAL_SERVICE_JOURNAL_SERVICE_H_
#define JIEBANG_COMMON_JOURNAL_SERVICE_JOURNAL_SERVICE_H_

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

#include "common/async/task.h"
#include "common/journal/reading.h"
#include "common/journal/refusals.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "common/seal/proofs.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {

// `Messages` names the requests and answers of one service's contract, as the contracts call them.
template <class Messages>
class JournalService {
 public:
  // The store outlives it.
  explicit JournalService(store::Store& store) : store_(store), proofs_(store) {}

  void Register(rpc::ServiceMethods& methods) {
    methods.Add("RecordRefusals", this, &JournalService::RecordRefusals);
    methods.Add("GetJournalHead", this, &JournalService::GetJournalHead);
    methods.Add("ProveInclusion", this, &JournalService::ProveInclusion);
    methods.Add("ProveConsistency", this, &JournalService::ProveConsistency);
    methods.Add("ListJournalEntries", this, &JournalService::ListJournalEntries);
  }

 private:
  static constexpr int kUsualEntries = 100;
  // Well below what a message may have.
  static constexpr std::size_t kEntryBytes = 2 << 20;

  Task<absl::StatusOr<typename Messages::RecordRefusalsResponse>> RecordRefusals(
      const rpc::Call& /*call*/, const typename Messages::RecordRefusalsRequest& request) {
    std::vector<v1::Event> refusals(request.refusals().begin(), request.refusals().end());
    CO_RETURN_IF_ERROR(co_await KeepRefusals(store_, std::move(refusals), turn_++));
    co_return typename Messages::RecordRefusalsResponse();
  }

  Task<absl::StatusOr<typename Messages::GetJournalHeadResponse>> GetJournalHead(
      const rpc::Call& /*call*/, const typename Messages::GetJournalHeadRequest& request) {
    typename Messages::GetJournalHeadResponse response;
    CO_ASSIGN_OR_RETURN(*response.mutable_head(), co_await proofs_.Head(request.number()));
    co_return response;
  }

  Task<absl::StatusOr<typename Messages::ProveInclusionResponse>> ProveInclusion(
      const rpc::Call& /*call*/, const typename Messages::ProveInclusionRequest& request) {
    typename Messages::ProveInclusionResponse response;
    CO_ASSIGN_OR_RETURN(*response.mutable_proof(),
                        co_await proofs_.Inclusion(request.shard(), request.sequence(), request.head_number()));
    co_return response;
  }

  Task<absl::StatusOr<typename Messages::ProveConsistencyResponse>> ProveConsistency(
      const rpc::Call& /*call*/, const typename Messages::ProveConsistencyRequest& request) {
    typename Messages::ProveConsistencyResponse response;
    CO_ASSIGN_OR_RETURN(*response.mutable_proof(),
                        co_await proofs_.Consistency(request.shard(), request.first_number(), request.second_number()));
    co_return response;
  }

  Task<absl::StatusOr<typename Messages::ListJournalEntriesResponse>> ListJournalEntries(
      const rpc::Call& /*call*/, const typename Messages::ListJournalEntriesRequest& request) {
    const int limit = request.page_size() == 0 ? kUsualEntries : request.page_size();
    absl::StatusOr<std::vector<store::JournalEntry>> entries =
        co_await proofs_.Entries(request.shard(), request.after(), limit);
    if (absl::IsOutOfRange(entries.status())) {
      co_return TokenExpired(request.shard(), static_cast<std::uint64_t>(request.after()));
    }
    CO_RETURN_IF_ERROR(entries.status());
    typename Messages::ListJournalEntriesResponse response;
    std::size_t bytes = 0;
    for (store::JournalEntry& entry : *entries) {
      bytes += entry.event.payload.size();
      if (bytes > kEntryBytes && response.entries_size() > 0) break;
      auto& sealed = *response.add_entries();
      sealed.set_sequence(static_cast<std::int64_t>(entry.sequence));
      sealed.set_partition(std::move(entry.partition));
      sealed.set_type(std::move(entry.event.type));
      sealed.set_resource(std::move(entry.event.resource));
      sealed.set_payload(std::move(entry.event.payload));
    }
    co_return response;
  }

  store::Store& store_;
  const seal::Proofs proofs_;
  std::atomic<unsigned> turn_ = 0;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_SERVICE_JOURNAL_SERVICE_H_
