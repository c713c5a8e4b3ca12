#include "services/application/repository/application_repository.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/application/domain/content.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/repository/keys.h"
#include "services/application/repository/records.h"

namespace jiebang::application {
namespace {

// Anybody who has so many on file is beyond every rule that counts them.
constexpr std::size_t kMostOnFile = 200;

std::string PartitionOf(const ApplicationName& name) {
  return keys::PartitionOfUnit(name.parent.programme, name.parent.unit);
}

// Takes the application out of the views of its state before and puts it into those of the new one.
void MoveInViews(const ApplicationStep& step, const std::string& id, store::Commit& commit) {
  const std::string& track = step.application.track();
  const auto views = keys::ViewsOf(step.application.state(), track);
  std::vector<std::string> before;
  if (step.state_before.has_value()) before = keys::ViewsOf(*step.state_before, track);
  for (const std::string& view : before) {
    if (!absl::c_linear_search(views, view)) commit.deletes.push_back({keys::kListing, absl::StrCat(view, "/", id)});
  }
  for (const std::string& view : views) {
    if (!absl::c_linear_search(before, view)) commit.puts.push_back({keys::kListing, absl::StrCat(view, "/", id), ""});
  }
}

}  // namespace

Task<absl::StatusOr<v1::Application>> ApplicationRepository::Get(ApplicationName name) const {
  const store::Key key{keys::kApplication, PartitionOf(name), keys::IdOf(name)};
  const auto record = co_await store_.Get(key);
  if (absl::IsNotFound(record.status())) co_return ApplicationNotFound(name.ToString());
  CO_RETURN_IF_ERROR(record.status());
  co_return ParseRecord<v1::Application>(*record);
}

Task<absl::StatusOr<std::vector<std::optional<v1::Application>>>> ApplicationRepository::GetMany(
    std::vector<ApplicationName> names) const {
  std::vector<store::Key> keys;
  for (const ApplicationName& name : names) keys.push_back({keys::kApplication, PartitionOf(name), keys::IdOf(name)});
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(keys)));
  co_return ParseRecords<v1::Application>(records);
}

Task<absl::StatusOr<v1::Revision>> ApplicationRepository::GetRevision(RevisionName name) const {
  const store::Key key{keys::kRevision, PartitionOf(name.application), keys::IdOf(name)};
  const auto record = co_await store_.Get(key);
  if (absl::IsNotFound(record.status())) co_return RevisionNotFound(name.ToString());
  CO_RETURN_IF_ERROR(record.status());
  v1::Revision revision;
  if (!revision.ParseFromString(record->value)) co_return absl::DataLossError("a revision is unreadable");
  co_return revision;
}

Task<absl::StatusOr<OnFile>> ApplicationRepository::OthersOnFile(ApplicationName name) const {
  const std::string partition = PartitionOf(name);
  // The version first: what is filed after it was read changes it.
  OnFile on_file;
  const store::Key key{keys::kFiled, partition, name.parent.uscc};
  const auto filed = co_await store_.Get(key);
  if (filed.ok()) {
    on_file.version = filed->version;
  } else if (!absl::IsNotFound(filed.status())) {
    co_return filed.status();
  }

  const std::string view = absl::StrCat(keys::ViewOf(v1::Application::STATE_SUBMITTED, ""), "/");
  const std::string prefix = absl::StrCat(view, name.parent.uscc, "/");
  CO_ASSIGN_OR_RETURN(const store::Page page, co_await store_.Scan(keys::kListing, partition, prefix, "", kMostOnFile));
  std::vector<store::Key> summaries;
  for (const store::Record& record : page.records) {
    const std::string id = record.id.substr(view.size());
    if (id != keys::IdOf(name)) summaries.push_back({keys::kSummary, partition, id});
  }
  if (summaries.empty()) co_return on_file;
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(summaries)));
  for (const auto& record : records) {
    if (!record.has_value()) continue;
    CO_ASSIGN_OR_RETURN(const v1::Application application, ParseRecord<v1::Application>(*record));
    if (application.state() != v1::Application::STATE_SUBMITTED) continue;
    CO_ASSIGN_OR_RETURN(const ApplicationName other, ApplicationName::Parse(application.name()));
    on_file.applications.push_back({.id = other.application, .track = application.track()});
  }
  co_return on_file;
}

Task<absl::Status> ApplicationRepository::Save(ApplicationStep step) {
  CO_ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(step.application.name()));
  const std::string id = keys::IdOf(name);
  store::Commit commit{.partition = PartitionOf(name), .replay = std::move(step.replay)};
  commit.preconditions.push_back({keys::kApplication, id, VersionOf(step.application.etag())});
  MoveInViews(step, id, commit);

  v1::Application summary = WithoutTexts(step.application);
  summary.set_etag(NextEtag(step.application.etag()));
  commit.puts.push_back({keys::kSummary, id, summary.SerializeAsString()});
  step.application.clear_etag();
  commit.puts.push_back({keys::kApplication, id, step.application.SerializeAsString()});

  if (step.revision.has_value()) {
    const std::string revision = keys::IdOf(RevisionName{name, step.application.revision()});
    commit.preconditions.push_back({keys::kRevision, revision, 0});  // never written over
    commit.puts.push_back({keys::kRevision, revision, step.revision->SerializeAsString()});
  }
  if (step.on_file_version.has_value()) {
    commit.preconditions.push_back({keys::kFiled, name.parent.uscc, *step.on_file_version});
    commit.puts.push_back({keys::kFiled, name.parent.uscc, id});
  }
  if (step.creation.has_value()) commit.events.push_back(*std::move(step.creation));
  commit.events.push_back(std::move(step.event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::Status> ApplicationRepository::RememberUnitOfApplicant(ApplicationParent parent) {
  return Remember(keys::PartitionOfApplicant(parent.uscc), absl::StrCat(parent.programme, "/", parent.unit));
}

Task<absl::Status> ApplicationRepository::RememberUnitOfProgramme(ApplicationParent parent) {
  return Remember(keys::PartitionOfProgramme(parent.programme), parent.unit);
}

Task<absl::Status> ApplicationRepository::Remember(std::string partition, std::string id) {
  const store::Key key{keys::kUnit, partition, id};
  const auto known = co_await store_.Get(key);
  if (!absl::IsNotFound(known.status())) co_return known.status();
  store::Commit commit{.partition = partition};
  commit.preconditions.push_back({keys::kUnit, id, 0});
  commit.puts.push_back({keys::kUnit, id, ""});
  const absl::Status status = co_await store_.Apply(std::move(commit));
  co_return absl::IsAborted(status) ? absl::OkStatus() : status;  // somebody else remembered it just now
}

}  // namespace jiebang::application
