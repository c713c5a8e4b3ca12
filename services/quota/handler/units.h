// The calls about recommending units.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_UNITS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_UNITS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

class Units {
 public:
  Units(UnitRepository& units, const programme::Programmes& programmes, const PageTokens& page_tokens)
      : units_(units), programmes_(programmes), page_tokens_(page_tokens) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::CreateUnitResponse>> Create(const rpc::Call& call, const v1::CreateUnitRequest& request);
  Task<absl::StatusOr<v1::GetUnitResponse>> Get(const rpc::Call& call, const v1::GetUnitRequest& request);
  Task<absl::StatusOr<v1::BatchGetUnitsResponse>> BatchGet(const rpc::Call& call,
                                                           const v1::BatchGetUnitsRequest& request);
  Task<absl::StatusOr<v1::UpdateUnitResponse>> Update(const rpc::Call& call, const v1::UpdateUnitRequest& request);
  Task<absl::StatusOr<v1::ListUnitsResponse>> List(const rpc::Call& call, const v1::ListUnitsRequest& request);
  Task<absl::StatusOr<v1::ResolveUnitResponse>> Resolve(const rpc::Call& call, const v1::ResolveUnitRequest& request);

 private:
  // Writes the unit for the call. ABORTED: another change came first.
  template <class Response>
  Task<absl::StatusOr<Response>> Save(const rpc::Call& call, Versioned<v1::Unit> before, v1::Unit after,
                                      std::string event);

  UnitRepository& units_;
  const programme::Programmes& programmes_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_UNITS_H_
