#include "services/application/repository/applicant_repository.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/repository/keys.h"
#include "services/application/repository/records.h"

namespace jiebang::application {
namespace {

store::Key KeyOf(const ApplicantName& name) {
  return {keys::kApplicant, keys::PartitionOfApplicant(name.uscc), name.uscc};
}

}  // namespace

Task<absl::StatusOr<v1::Applicant>> ApplicantRepository::Get(ApplicantName name) const {
  const store::Key key = KeyOf(name);
  const auto record = co_await store_.Get(key);
  if (absl::IsNotFound(record.status())) co_return ApplicantNotFound(name.ToString());
  CO_RETURN_IF_ERROR(record.status());
  co_return ParseRecord<v1::Applicant>(*record);
}

Task<absl::StatusOr<std::vector<std::optional<v1::Applicant>>>> ApplicantRepository::GetMany(
    std::vector<ApplicantName> names) const {
  std::vector<store::Key> keys;
  for (const ApplicantName& name : names) keys.push_back(KeyOf(name));
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(keys)));
  co_return ParseRecords<v1::Applicant>(records);
}

Task<absl::Status> ApplicantRepository::Save(v1::Applicant applicant, store::Event event,
                                             std::optional<store::Replay> replay) {
  CO_ASSIGN_OR_RETURN(const ApplicantName name, ApplicantName::Parse(applicant.name()));
  store::Commit commit{.partition = keys::PartitionOfApplicant(name.uscc), .replay = std::move(replay)};
  commit.preconditions.push_back({keys::kApplicant, name.uscc, VersionOf(applicant.etag())});
  applicant.clear_etag();
  commit.puts.push_back({keys::kApplicant, name.uscc, applicant.SerializeAsString()});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

}  // namespace jiebang::application
