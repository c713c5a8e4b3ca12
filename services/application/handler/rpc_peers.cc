#include "services/application/handler/rpc_peers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/application/domain/errors.h"

namespace jiebang::application {
namespace {

constexpr int kHonoursAtOnce = 500;
constexpr int kLooks = 5;
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(200);

// No such assessment of this applicant, or none that is meant for the question: its level is not held by it.
bool IsAboutAssessment(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsInvalidArgument(status);
}

Honour FromProto(const publiclist::v1::Honour& proto) {
  Honour honour{.title = proto.title_id(), .year = proto.year(), .list_title_zh = proto.list_title_zh()};
  if (proto.has_valid_until_time()) honour.valid_until = FromTimestamp(proto.valid_until_time());
  return honour;
}

}  // namespace

Task<absl::StatusOr<MaturityAnswer>> RpcMaturityPeer::Check(const rpc::Call& call, ApplicantName applicant,
                                                            MaturityQuestion question) {
  maturity::v1::CheckMaturityRequest request;
  request.set_applicant(applicant.ToString());
  request.set_model(absl::StrCat("models/", question.model));
  request.set_minimum_level(question.least_level);
  request.set_maximum_age_months(question.max_age_months);
  request.set_assessment(question.assessment);
  const auto answer = co_await client_.Ask<maturity::v1::CheckMaturityResponse>(
      call, "/jiebang.maturity.v1.MaturityService/CheckMaturity", request);
  if (!question.assessment.empty() && IsAboutAssessment(answer.status())) co_return MaturityAnswer();
  if (!answer.ok()) co_return PeerUnavailable("maturity", answer.status());
  co_return MaturityAnswer{.is_satisfied = answer->satisfied(), .level = answer->level()};
}

Task<absl::StatusOr<std::vector<Honour>>> RpcHonourPeer::HonoursOf(const rpc::Call& call, ApplicantName applicant) {
  for (int look = 1;; ++look) {
    CO_ASSIGN_OR_RETURN(Answer answer, co_await Ask(call, applicant));
    if (answer.announcements_behind == 0) co_return std::move(answer.honours);
    if (look == kLooks) co_return HonoursIncomplete(answer.announcements_behind);
    co_await Sleep(kBetweenLooks);
  }
}

Task<absl::StatusOr<RpcHonourPeer::Answer>> RpcHonourPeer::Ask(const rpc::Call& call, ApplicantName applicant) {
  Answer all;
  publiclist::v1::ListHonoursRequest request;
  request.set_parent(applicant.ToString());
  request.set_page_size(kHonoursAtOnce);
  do {
    const auto page = co_await client_.Ask<publiclist::v1::ListHonoursResponse>(
        call, "/jiebang.publiclist.v1.PublicListService/ListHonours", request);
    if (!page.ok()) co_return PeerUnavailable("publiclist", page.status());
    for (const publiclist::v1::Honour& honour : page->honours()) all.honours.push_back(FromProto(honour));
    all.announcements_behind = page->announcements_behind();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  co_return all;
}

Task<absl::StatusOr<std::optional<RoutedUnit>>> RpcUnitPeer::UnitFor(const rpc::Call& call, std::string programme,
                                                                     std::string track,
                                                                     const v1::Applicant& applicant) {
  quota::v1::ResolveUnitRequest request;
  request.set_programme(absl::StrCat("programmes/", programme));
  request.set_region_code(applicant.region_code());
  request.set_central_group(applicant.central_group());
  request.set_track(track);
  const auto answer =
      co_await client_.Ask<quota::v1::ResolveUnitResponse>(call, "/jiebang.quota.v1.QuotaService/ResolveUnit", request);
  const std::string reason = ReasonOf(answer.status());
  if (reason == "NO_UNIT_FOR_PLACE" || reason == "NO_UNIT_FOR_GROUP") co_return std::optional<RoutedUnit>();
  if (!answer.ok()) co_return PeerUnavailable("quota", answer.status());
  RoutedUnit unit;
  unit.id = IdIn(answer->unit().name(), "units").value_or("");
  unit.name_zh = answer->unit().display_name();
  co_return std::optional<RoutedUnit>(std::move(unit));
}

}  // namespace jiebang::application
