#include "services/review/handler/expert_imports.h"

#include "common/errors/error_details.h"
#include "common/rpc/item.h"
#include "common/status/status_macros.h"
#include "services/review/domain/registration.h"

namespace jiebang::review {
namespace {

// With errors of up to 5 KiB each they stay below the longest message.
constexpr int kMostFailures = 500;

}  // namespace

Task<absl::StatusOr<v1::ImportExpertsResponse>> ExpertImports::Import(const rpc::Call& stream,
                                                                      rpc::Reader<v1::ImportExpertsRequest> items) {
  v1::ImportExpertsResponse response;
  while (true) {
    CO_ASSIGN_OR_RETURN(const auto item, co_await items.Read());
    if (!item) co_return response;
    const std::int64_t position = response.received_count();
    response.set_received_count(position + 1);
    const absl::StatusOr<bool> was_there = co_await RegisterOne(stream, *item);
    if (was_there.ok()) {
      *was_there ? response.set_repeated_count(response.repeated_count() + 1)
                 : response.set_created_count(response.created_count() + 1);
      continue;
    }
    response.set_failed_count(response.failed_count() + 1);
    if (response.failures_size() == kMostFailures) continue;
    v1::ImportExpertsResponse::Failure& failure = *response.add_failures();
    failure.set_item_id(item->message.item_id());
    failure.set_position(position);
    *failure.mutable_error() = ToItemError(was_there.status());
  }
}

Task<absl::StatusOr<bool>> ExpertImports::RegisterOne(const rpc::Call& stream,
                                                      const rpc::Incoming<v1::ImportExpertsRequest>& incoming) {
  CO_RETURN_IF_ERROR(incoming.valid);
  const v1::ImportExpertsRequest& item = incoming.message;
  const rpc::Call call = rpc::CallOfItem(stream, stream.principal(), clock_.Now(), item.item_id(), item);
  const bool may_make_exceptions = call.HasRole(options::v1::ROLE_MINISTRY);
  CO_ASSIGN_OR_RETURN(const Registration registration, RegisterExpert(item.expert(), may_make_exceptions, call.now()));
  v1::CreateExpertResponse answer;
  *answer.mutable_expert() = registration.expert;
  const absl::Status created = co_await experts_.Create(call, registration, answer);
  if (created.ok()) co_return false;
  CO_ASSIGN_OR_RETURN(const bool was_there, co_await rpc::FirstAnswer(replays_, call, item.expert().name(), answer));
  if (was_there) co_return true;
  co_return created;
}

void ExpertImports::Register(rpc::ServiceMethods& methods) {
  methods.AddClientStream("ImportExperts", this, &ExpertImports::Import);
}

}  // namespace jiebang::review
