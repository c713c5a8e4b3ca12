#include "services/application/handler/imports.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "common/rpc/item.h"
#include "common/status/status_macros.h"
#include "services/application/domain/applicant.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/domain/lifecycle.h"
#include "services/application/handler/change.h"
#include "services/application/handler/visibility.h"

namespace jiebang::application {
namespace {

// The stream is authorised by its roles alone, each item then by what it is about, by the code of every other method.
policy::MethodPolicy PolicyOfItems() {
  const auto* const service =
      v1::ImportApplicationsRequest::descriptor()->file()->FindServiceByName("ApplicationService");
  policy::MethodPolicy policy =
      service->FindMethodByName("ImportApplications")->options().GetExtension(options::v1::policy);
  policy.clear_resource_free();
  policy.set_resource("parent");
  return policy;
}

// The caller, as the trail shall name it: for whom it acts, where that is not itself.
identity::v1::Principal ActingFor(const rpc::Call& stream, const ApplicationParent& parent) {
  identity::v1::Principal principal = stream.principal();
  if (!IsApplicant(stream, parent.uscc)) principal.set_on_behalf_of(ApplicantName{parent.uscc}.ToString());
  return principal;
}

std::map<std::string, std::string> DetailsOfFiling(const v1::Application& filed) {
  std::map<std::string, std::string> details = application::DetailsOf(filed);
  details.emplace("content_digest", filed.content_digest());
  return details;
}

}  // namespace

Imports::Imports(Dependencies dependencies) : dependencies_(std::move(dependencies)), item_policy_(PolicyOfItems()) {}

Task<absl::Status> Imports::Import(const rpc::Call& stream, rpc::Reader<Item> items, rpc::Writer<Outcome> outcomes) {
  while (true) {
    CO_ASSIGN_OR_RETURN(const auto item, co_await items.Read());
    if (!item) co_return absl::OkStatus();
    absl::StatusOr<Outcome> outcome = co_await ImportOne(stream, *item);
    if (!outcome.ok()) {
      Outcome refused;
      *refused.mutable_error() = ToItemError(outcome.status());
      outcome = std::move(refused);
    }
    outcome->set_item_id(item->message.item_id());
    const bool taken = co_await outcomes.Write(*outcome);
    if (!taken) co_return absl::OkStatus();
  }
}

Task<absl::StatusOr<Imports::Outcome>> Imports::ImportOne(const rpc::Call& stream,
                                                          const rpc::Incoming<Item>& incoming) {
  CO_RETURN_IF_ERROR(incoming.valid);
  const Item& item = incoming.message;
  CO_RETURN_IF_ERROR(policy::AuthoriseResource(item_policy_, stream.principal(), item));
  CO_ASSIGN_OR_RETURN(const ApplicationParent parent, ApplicationParent::Parse(item.parent()));
  CO_ASSIGN_OR_RETURN(const ApplicationName name,
                      ApplicationName::Parse(ApplicationName{parent, item.application_id()}.ToString()));
  const rpc::Call call =
      rpc::CallOfItem(stream, ActingFor(stream, parent), dependencies_.clock.Now(), item.item_id(), item);
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<Prepared> prepared = co_await Prepare(call, item, name);
    absl::Status refusal = prepared.status();
    if (prepared.ok()) {
      const Outcome outcome = prepared->outcome;
      if (item.validate_only() || outcome.has_error()) co_return outcome;
      refusal = co_await Keep(call, *std::move(prepared));
      if (refusal.ok()) co_return outcome;
    }
    // What refuses it may be what it did itself the first time.
    Outcome first;
    CO_ASSIGN_OR_RETURN(const bool was_done,
                        co_await rpc::FirstAnswer(dependencies_.replays, call, item.parent(), first));
    if (was_done) {
      first.set_repeated(true);
      co_return first;
    }
    // ABORTED: another filing of the applicant came first.
    if (!absl::IsAborted(refusal) || attempt == kMostAttempts) co_return AsRefusal(refusal, name.ToString());
  }
}

Task<absl::StatusOr<Imports::Prepared>> Imports::Prepare(const rpc::Call& call, const Item& item,
                                                         ApplicationName name) {
  const auto programme = dependencies_.programmes.Find(name.parent.programme);
  if (programme == nullptr) co_return ProgrammeNotFound(name.parent.programme);
  CO_RETURN_IF_ERROR(CheckFilingIsOpen(*programme, item.application().track(), call.now()));
  const auto present = co_await dependencies_.applications.Get(name);
  if (present.ok()) co_return ApplicationExists(name.ToString());
  if (!absl::IsNotFound(present.status())) co_return present.status();
  const ApplicantName applicant_name{name.parent.uscc};
  CO_ASSIGN_OR_RETURN(const v1::Applicant applicant, co_await ApplicantOf(call, item, applicant_name));
  CO_RETURN_IF_ERROR(co_await CheckRoute(call, name.parent, item.application().track(), applicant));

  Prepared prepared{.name = name};
  if (applicant.etag().empty()) prepared.newcomer = applicant;
  CO_ASSIGN_OR_RETURN(prepared.step.application, Draft(name, item.application(), applicant, call.now()));
  prepared.outcome.set_name(name.ToString());
  prepared.outcome.set_etag(NextEtag(""));
  store::Event created = call.Happened("application.created", name.ToString(), DetailsOf(prepared.step.application));
  if (!item.submit()) {
    prepared.step.event = std::move(created);
  } else {
    const v1::Application draft = prepared.step.application;
    CO_ASSIGN_OR_RETURN(const Findings findings,
                        co_await dependencies_.examination.Examine(call, draft, applicant, *programme, name));
    if (!findings.violations.empty()) {
      prepared.outcome.Clear();
      *prepared.outcome.mutable_error() = ToItemError(RulesViolated(draft, findings.violations));
      prepared.outcome.mutable_violations()->Assign(findings.violations.begin(), findings.violations.end());
      co_return prepared;
    }
    const Filing filing = File(draft, findings.facts.applicant, call.now());
    *prepared.outcome.mutable_receipt() = ReceiptOf(filing);
    prepared.step.application = filing.application;
    prepared.step.revision = filing.revision;
    prepared.step.on_file_version = findings.on_file_version;
    prepared.step.creation = std::move(created);
    prepared.step.event = call.Happened("application.submitted", name.ToString(), DetailsOfFiling(filing.application));
  }
  prepared.outcome.set_item_id(item.item_id());
  prepared.step.replay = call.Answered(prepared.outcome);
  co_return prepared;
}

Task<absl::StatusOr<v1::Applicant>> Imports::ApplicantOf(const rpc::Call& call, const Item& item, ApplicantName name) {
  absl::StatusOr<v1::Applicant> registered = co_await dependencies_.applicants.Get(name);
  if (!absl::IsNotFound(registered.status()) || !item.has_applicant()) co_return registered;
  if (item.applicant().name() != name.ToString()) {
    co_return MalformedField("applicant.name", "is not the applicant of parent", "与 parent 中的申报主体不一致",
                             "APPLICANT_MISMATCH");
  }
  v1::Applicant asked = item.applicant();
  asked.clear_etag();
  const bool is_ministry = call.HasRole(options::v1::ROLE_MINISTRY);
  co_return application::Register(std::move(asked), is_ministry ? Registrar::kMinistry : Registrar::kApplicant,
                                  call.now());
}

Task<absl::Status> Imports::CheckRoute(const rpc::Call& call, const ApplicationParent& parent, const std::string& track,
                                       const v1::Applicant& applicant) {
  const bool acts_as_unit = call.HasRole(options::v1::ROLE_UNIT) && !call.HasRole(options::v1::ROLE_MINISTRY) &&
                            !IsApplicant(call, parent.uscc);
  if (!acts_as_unit) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const std::optional<RoutedUnit> routed,
                      co_await dependencies_.units.UnitFor(call, parent.programme, track, applicant));
  const std::string unit = routed.has_value() ? routed->id : "";
  if (unit == parent.unit) co_return absl::OkStatus();
  co_return NotOfThisUnit(applicant.name(), parent.unit, unit);
}

Task<absl::Status> Imports::Keep(const rpc::Call& call, Prepared prepared) {
  if (prepared.newcomer.has_value()) {
    store::Event registered = call.Happened("applicant.created", prepared.newcomer->name());
    const absl::Status kept =
        co_await dependencies_.applicants.Save(*prepared.newcomer, std::move(registered), std::nullopt);
    CO_RETURN_IF_ERROR(kept);  // ABORTED: somebody else registered it just now
  }
  CO_RETURN_IF_ERROR(co_await dependencies_.applications.RememberUnitOfApplicant(prepared.name.parent));
  if (prepared.step.revision.has_value()) {
    CO_RETURN_IF_ERROR(co_await dependencies_.applications.RememberUnitOfProgramme(prepared.name.parent));
  }
  co_return co_await dependencies_.applications.Save(std::move(prepared.step));
}

void Imports::Register(rpc::ServiceMethods& methods) {
  methods.AddBidirectional("ImportApplications", this, &Imports::Import);
}

}  // namespace jiebang::application
