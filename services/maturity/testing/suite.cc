#include "services/maturity/testing/suite.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/journal/follow.h"
#include "common/programme/loader.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "services/maturity/handler/projection.h"

namespace jiebang::maturity {

identity::v1::Principal Holding(options::v1::Role role, const std::string& id) {
  identity::v1::Principal principal;
  principal.set_subject(absl::StrCat("caller-", role, id));
  principal.add_roles(role);
  (role == options::v1::ROLE_EXPERT ? *principal.mutable_expert() : *principal.mutable_uscc()) = id;
  return principal;
}

std::string NameOf(const std::string& assessment, const std::string& uscc) {
  return absl::StrCat("applicants/", uscc, "/assessments/", assessment);
}

std::string ObjectOf(const std::string& object, const std::string& uscc) {
  return absl::StrCat("applicants/", uscc, "/objects/", object);
}

Answers UpTo(int level) {
  return AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, [level](auto&, const v1::Item& item) {
    return item.level() <= level ? v1::DEGREE_MOSTLY : v1::DEGREE_NOT;
  });
}

MaturitySuite::MaturitySuite()
    : store_(*store::OpenSqliteStore(directory_.path() / "maturity.db")),
      programmes_(*programme::LoadProgrammes(JIEBANG_PROGRAMMES)),
      references_(*LoadReferencesOf(JIEBANG_MODELS)),
      seal_(*token::PrincipalSeal::FromKey(std::string(32, 's'))),
      service_({.store = *store_,
                .models = ShippedModels(),
                .programmes = programmes_,
                .references = references_,
                .page_tokens = page_tokens_,
                .clock = clock_}) {
  for (rpc::ServiceMethods& methods : service_.Methods()) {
    const std::string name = methods.full_name();
    callers_[name] = std::make_unique<MethodCaller>(std::move(methods), clock_, seal_);
  }
  for (Task<void>& task : service_.Tasks()) {
    const auto shared = std::make_shared<Task<void>>(std::move(task));
    tasks_.Post([this, shared] { Spawn(tasks_, std::move(*shared)); });
  }
  EXPECT_THAT(Register(kMine, "plant"), IsOk());
}

MaturitySuite::~MaturitySuite() = default;

MethodCaller& MaturitySuite::CallerOf(const google::protobuf::Message& request) {
  return Caller(request.GetDescriptor()->file()->service(0)->full_name());
}

absl::StatusOr<v1::AssessmentObject> MaturitySuite::Register(const std::string& uscc, const std::string& object,
                                                             const std::string& industry) {
  v1::CreateObjectRequest request;
  request.set_parent(absl::StrCat("applicants/", uscc));
  request.set_object_id(object);
  request.mutable_object()->set_title(absl::StrCat("工厂 ", object));
  request.mutable_object()->set_kind(v1::AssessmentObject::KIND_PLANT);
  request.mutable_object()->set_industry_code(industry);
  request.mutable_object()->set_region_code("320500");
  request.mutable_object()->set_size(v1::ENTERPRISE_SIZE_LARGE);
  request.mutable_object()->mutable_drivers()->set_employees(100);
  const auto response =
      Ask<v1::CreateObjectResponse>("CreateObject", Holding(options::v1::ROLE_APPLICANT, uscc), request);
  if (!response.ok()) return response.status();
  return response->object();
}

absl::StatusOr<v1::Assessment> MaturitySuite::Draft(const std::string& uscc, const std::string& id,
                                                    const Answers& answers, const std::string& object) {
  v1::CreateAssessmentRequest request;
  request.set_parent(absl::StrCat("applicants/", uscc));
  request.set_assessment_id(id);
  request.mutable_assessment()->set_model(kModel);
  request.mutable_assessment()->set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  request.mutable_assessment()->set_object(ObjectOf(object, uscc));
  *request.mutable_assessment()->mutable_answers() = answers;
  const auto response =
      Ask<v1::CreateAssessmentResponse>("CreateAssessment", Holding(options::v1::ROLE_APPLICANT, uscc), request);
  if (!response.ok()) return response.status();
  return response->assessment();
}

absl::StatusOr<v1::Assessment> MaturitySuite::File(const std::string& uscc, const std::string& id,
                                                   const Answers& answers, const std::string& object) {
  const absl::StatusOr<v1::Assessment> draft = Draft(uscc, id, answers, object);
  if (!draft.ok()) return draft.status();
  v1::SubmitAssessmentRequest request;
  request.set_name(draft->name());
  const auto response =
      Ask<v1::SubmitAssessmentResponse>("SubmitAssessment", Holding(options::v1::ROLE_APPLICANT, uscc), request);
  if (!response.ok()) return response.status();
  return response->assessment();
}

void MaturitySuite::Settle() {
  ThreadExecutor executor;
  const absl::Time patience = absl::Now() + absl::Seconds(30);
  while (absl::Now() < patience) {
    const auto behind = executor.RunUntilDone(journal::EventsBehind(*store_, kProjection));
    if (behind.ok() && *behind == 0) return;
    absl::SleepFor(absl::Milliseconds(5));
  }
  ADD_FAILURE() << "the projection did not catch up";
}

}  // namespace jiebang::maturity
