#include "services/quota/handler/units.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/batch_get/batch_get.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/routing.h"
#include "services/quota/domain/unit_changes.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/handler/etag.h"
#include "services/quota/handler/list_terms.h"

namespace jiebang::quota {
namespace {

constexpr std::size_t kReadAtOnce = 100;  // of a few hundred bytes each

}  // namespace

Task<absl::StatusOr<v1::CreateUnitResponse>> Units::Create(const rpc::Call& call,
                                                           const v1::CreateUnitRequest& request) {
  CO_ASSIGN_OR_RETURN(v1::Unit unit, NewUnit(request.unit(), call.now()));
  CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(unit.name(), "unit.name"));
  if (!unit.parent().empty()) {
    CO_ASSIGN_OR_RETURN(const UnitName parent, UnitName::Parse(unit.parent(), "unit.parent"));
    CO_ASSIGN_OR_RETURN(const Versioned<v1::Unit> found, co_await units_.Find(parent.id));
    if (found.version == 0) co_return ParentNotFound(unit.parent());
  }
  CO_ASSIGN_OR_RETURN(Versioned<v1::Unit> present, co_await units_.Find(name.id));
  if (present.version != 0) co_return UnitExists(unit.name());
  auto created = co_await Save<v1::CreateUnitResponse>(call, std::move(present), unit, "unit.created");
  if (absl::IsAborted(created.status())) co_return UnitExists(unit.name());
  co_return created;
}

Task<absl::StatusOr<v1::GetUnitResponse>> Units::Get(const rpc::Call& /*call*/, const v1::GetUnitRequest& request) {
  CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(Versioned<v1::Unit> unit, co_await units_.Get(name.id));
  v1::GetUnitResponse response;
  *response.mutable_unit() = std::move(unit.value);
  co_return response;
}

Task<absl::StatusOr<v1::BatchGetUnitsResponse>> Units::BatchGet(const rpc::Call& /*call*/,
                                                                const v1::BatchGetUnitsRequest& request) {
  CO_ASSIGN_OR_RETURN(std::vector<UnitName> names, ParseBatch<UnitName>(request.names()));
  FetchSome<UnitName, v1::Unit> fetch = [this](std::vector<UnitName> some) {
    std::vector<std::string> ids;
    for (UnitName& name : some) ids.push_back(std::move(name.id));
    return units_.GetMany(std::move(ids));
  };
  CO_ASSIGN_OR_RETURN(std::vector<v1::Unit> found, co_await GetBatch(std::move(names), kReadAtOnce, fetch));
  v1::BatchGetUnitsResponse response;
  MoveInto(std::move(found), *response.mutable_units());
  co_return response;
}

Task<absl::StatusOr<v1::UpdateUnitResponse>> Units::Update(const rpc::Call& call,
                                                           const v1::UpdateUnitRequest& request) {
  CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(request.unit().name(), "unit.name"));
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(Versioned<v1::Unit> present, co_await units_.Get(name.id));
    CO_RETURN_IF_ERROR(CheckEtag(request.unit().etag(), present.version, request.unit().name()));
    CO_ASSIGN_OR_RETURN(v1::Unit changed,
                        ChangedUnit(present.value, request.unit(), request.update_mask(), call.now()));
    auto updated = co_await Save<v1::UpdateUnitResponse>(call, std::move(present), std::move(changed), "unit.updated");
    if (!absl::IsAborted(updated.status())) co_return updated;
  }
  co_return ConcurrentChange(request.unit().name());
}

Task<absl::StatusOr<v1::ListUnitsResponse>> Units::List(const rpc::Call& /*call*/,
                                                        const v1::ListUnitsRequest& request) {
  const std::string filters = absl::StrCat("ListUnits|", request.parent_unit());
  CO_ASSIGN_OR_RETURN(std::string after, page_tokens_.Open(request.page_token(), filters));
  const int size = PageSize(request.page_size());
  v1::ListUnitsResponse response;
  for (bool more = true; more;) {
    CO_ASSIGN_OR_RETURN(UnitRepository::Page page, co_await units_.PageAfter(after, size));
    more = page.more;
    for (v1::Unit& unit : page.units) {
      if (response.units_size() == size) {
        response.set_next_page_token(page_tokens_.Make(after, filters));
        co_return response;
      }
      CO_ASSIGN_OR_RETURN(const UnitName name, UnitName::Parse(unit.name()));
      after = name.id;
      if (request.parent_unit().empty() || unit.parent() == request.parent_unit()) {
        *response.add_units() = std::move(unit);
      }
    }
  }
  co_return response;
}

Task<absl::StatusOr<v1::ResolveUnitResponse>> Units::Resolve(const rpc::Call& /*call*/,
                                                             const v1::ResolveUnitRequest& request) {
  CO_ASSIGN_OR_RETURN(const auto ids, ParseResourceName("programmes/{programme}", request.programme(), "programme"));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, ids[0]));
  CO_ASSIGN_OR_RETURN(const std::vector<v1::Unit> units, co_await units_.All());
  const RoutedEnterprise enterprise{request.region_code(), request.central_group()};
  CO_ASSIGN_OR_RETURN(Resolution resolution, ResolveUnit(*programme, request.track(), units, enterprise));
  v1::ResolveUnitResponse response;
  *response.mutable_unit() = std::move(resolution.unit);
  response.set_clause(std::move(resolution.clause));
  co_return response;
}

template <class Response>
Task<absl::StatusOr<Response>> Units::Save(const rpc::Call& call, Versioned<v1::Unit> before, v1::Unit after,
                                           std::string event) {
  after.set_etag(absl::StrCat(before.version + 1));
  Response response;
  *response.mutable_unit() = after;
  store::Event happened = call.Happened(std::move(event), after.name());
  CO_RETURN_IF_ERROR(
      co_await units_.Save(std::move(before), std::move(after), std::move(happened), call.Answered(response)));
  co_return response;
}

void Units::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateUnit", this, &Units::Create);
  methods.Add("GetUnit", this, &Units::Get);
  methods.Add("BatchGetUnits", this, &Units::BatchGet);
  methods.Add("UpdateUnit", this, &Units::Update);
  methods.Add("ListUnits", this, &Units::List);
  methods.Add("ResolveUnit", this, &Units::Resolve);
}

}  // namespace jiebang::quota
