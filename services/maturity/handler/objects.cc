#include "services/maturity/handler/objects.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/object.h"
#include "services/maturity/domain/trend.h"
#include "services/maturity/domain/validity.h"
#include "services/maturity/handler/drafts.h"
#include "services/maturity/handler/projection.h"

namespace jiebang::maturity {
namespace {

constexpr int kMostPoints = 100;

// The group before and after, so that the projection by group follows without reading back.
store::Event ObjectHappened(const rpc::Call& call, const std::string& type, const v1::AssessmentObject& object,
                            const std::string& group_before) {
  return call.Happened(type, object.name(), {{kGroupDetail, object.group()}, {kGroupBeforeDetail, group_before}});
}

}  // namespace

Task<absl::StatusOr<v1::CreateObjectResponse>> Objects::Create(const rpc::Call& call,
                                                               const v1::CreateObjectRequest& request) {
  ObjectName name;
  CO_ASSIGN_OR_RETURN(name.applicant, ApplicantName::Parse(request.parent(), "parent"));
  name.id = request.object_id();
  CO_ASSIGN_OR_RETURN(const v1::AssessmentObject object, NewObject(name, request.object(), call.now()));
  v1::CreateObjectResponse response;
  *response.mutable_object() = object;
  response.mutable_object()->set_etag("1");
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const absl::Status saved = co_await objects_.Create(
        name, object, ObjectHappened(call, "object.created", object, ""), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
    const absl::StatusOr<KeptObject> present = co_await objects_.Get(name);
    if (present.ok()) co_return errors::ObjectExists(name.ToString());
  }
  co_return errors::ConcurrentChange(name.applicant.ToString());
}

Task<absl::StatusOr<v1::GetObjectResponse>> Objects::Get(const rpc::Call& /*call*/,
                                                         const v1::GetObjectRequest& request) {
  CO_ASSIGN_OR_RETURN(const ObjectName name, ObjectName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(KeptObject kept, co_await objects_.Get(name));
  v1::GetObjectResponse response;
  *response.mutable_object() = std::move(kept.message);
  co_return response;
}

Task<absl::StatusOr<v1::ListObjectsResponse>> Objects::List(const rpc::Call& /*call*/,
                                                            const v1::ListObjectsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicantName applicant, ApplicantName::Parse(request.parent(), "parent"));
  const std::string filters = absl::StrCat("ListObjects|", request.parent());
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(ObjectPage page, co_await objects_.Page(applicant, position, PageSize(request.page_size())));
  v1::ListObjectsResponse response;
  for (v1::AssessmentObject& object : page.objects) *response.add_objects() = std::move(object);
  response.set_next_page_token(page_tokens_.Make(page.position, filters));
  co_return response;
}

Task<absl::StatusOr<v1::UpdateObjectResponse>> Objects::Update(const rpc::Call& call,
                                                               const v1::UpdateObjectRequest& request) {
  const v1::AssessmentObject& change = request.object();
  CO_ASSIGN_OR_RETURN(const ObjectName name, ObjectName::Parse(change.name(), "object.name"));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(const KeptObject kept, co_await objects_.Get(name));
    if (!change.etag().empty() && change.etag() != kept.message.etag()) {
      co_return errors::EtagMismatch(name.ToString(), change.etag(), kept.message.etag());
    }
    CO_ASSIGN_OR_RETURN(v1::AssessmentObject object,
                        ChangedObject(kept.message, change, request.update_mask(), call.now()));
    object.set_etag(absl::StrCat(kept.version + 1));
    v1::UpdateObjectResponse response;
    *response.mutable_object() = object;
    const absl::Status saved = co_await objects_.Save(
        name, object, kept.version, ObjectHappened(call, "object.updated", object, kept.message.group()),
        call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::GetTrendResponse>> Objects::Trend(const rpc::Call& /*call*/,
                                                          const v1::GetTrendRequest& request) {
  CO_ASSIGN_OR_RETURN(const ObjectName name, ObjectName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(request.model()));
  CO_RETURN_IF_ERROR((co_await objects_.Get(name)).status());
  CO_ASSIGN_OR_RETURN(std::vector<v1::Assessment> latest,
                      co_await assessments_.LatestOf(name, request.model(), kMostPoints));
  std::reverse(latest.begin(), latest.end());
  std::vector<AssessmentName> names;
  for (const v1::Assessment& assessment : latest) {
    CO_ASSIGN_OR_RETURN(AssessmentName one, AssessmentName::Parse(assessment.name(), "name"));
    names.push_back(std::move(one));
  }
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<int>> verified, co_await evidence_.VerifiedLevels(names));
  std::vector<Submission> submissions;
  for (std::size_t i = 0; i < latest.size(); ++i) {
    submissions.push_back({.assessment = std::move(latest[i]), .verified_level = verified[i]});
  }
  v1::GetTrendResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_trend(), TrendOf(model, submissions));
  co_return response;
}

// What the projection remembers may be out of date; what the objects say now decides.
Task<absl::StatusOr<std::vector<v1::AssessmentObject>>> Objects::SitesOf(const ApplicantName& group) const {
  CO_ASSIGN_OR_RETURN(ObjectPage own, co_await objects_.Page(group, "", kMaxSites));
  std::vector<v1::AssessmentObject> sites = std::move(own.objects);
  CO_ASSIGN_OR_RETURN(const std::vector<ObjectName> named, co_await objects_.NamingGroup(group.uscc, kMaxSites));
  CO_ASSIGN_OR_RETURN(std::vector<std::optional<v1::AssessmentObject>> others, co_await objects_.GetMany(named));
  for (std::size_t i = 0; i < others.size(); ++i) {
    const bool is_own = named[i].applicant == group;
    if (others[i] && !is_own && others[i]->group() == group.uscc) sites.push_back(*std::move(others[i]));
  }
  if (sites.size() > kMaxSites) sites.resize(kMaxSites);
  co_return sites;
}

Task<absl::StatusOr<v1::RollUpResponse>> Objects::RollUp(const rpc::Call& call, const v1::RollUpRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicantName group, ApplicantName::Parse(request.group(), "group"));
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(request.model()));
  CO_ASSIGN_OR_RETURN(std::vector<v1::AssessmentObject> objects, co_await SitesOf(group));
  std::vector<Site> sites;
  for (v1::AssessmentObject& object : objects) {
    CO_ASSIGN_OR_RETURN(const ObjectName name, ObjectName::Parse(object.name(), "name"));
    CO_ASSIGN_OR_RETURN(std::vector<v1::Assessment> latest, co_await assessments_.LatestOf(name, request.model(), 1));
    Site& site = sites.emplace_back();
    site.object = std::move(object);
    if (!latest.empty() && IsRecent(FromTimestamp(latest[0].submit_time()), request.maximum_age_months(), call.now())) {
      site.assessment = std::move(latest[0]);
    }
  }
  v1::RollUpResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_roll_up(), RollUpOf(model, sites, request.driver()));
  CO_ASSIGN_OR_RETURN(const std::int64_t behind, co_await peers_.EventsBehind());
  response.set_events_behind(behind);
  co_return response;
}

void Objects::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateObject", this, &Objects::Create);
  methods.Add("GetObject", this, &Objects::Get);
  methods.Add("ListObjects", this, &Objects::List);
  methods.Add("UpdateObject", this, &Objects::Update);
  methods.Add("GetTrend", this, &Objects::Trend);
  methods.Add("RollUp", this, &Objects::RollUp);
}

}  // namespace jiebang::maturity
