#include "services/quota/handler/quotas.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/quota/domain/quota_arithmetic.h"
#include "services/quota/domain/recommendation_list.h"
#include "services/quota/handler/list_terms.h"

namespace jiebang::quota {

Task<absl::StatusOr<v1::GetQuotaResponse>> Quotas::Get(const rpc::Call& /*call*/, const v1::GetQuotaRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::ParseQuota(request.name()));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, name.programme));
  CO_ASSIGN_OR_RETURN(const Versioned<v1::Unit> unit, co_await units_.Get(name.unit));
  CO_ASSIGN_OR_RETURN(v1::Quota quota, QuotaFor(*programme, unit.value, name.track));
  const ListName counted{name.programme, name.unit, programme->FindListTrack(name.track)->id()};
  CO_ASSIGN_OR_RETURN(const Versioned<v1::RecommendationList> list, co_await lists_.Get(counted));
  quota.set_used(SeatsUsed(list.value));
  v1::GetQuotaResponse response;
  *response.mutable_quota() = std::move(quota);
  co_return response;
}

void Quotas::Register(rpc::ServiceMethods& methods) { methods.Add("GetQuota", this, &Quotas::Get); }

}  // namespace jiebang::quota
