#include "services/maturity/repository/assessment_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"

namespace jiebang::maturity {
namespace {

constexpr char kAssessments[] = "assessment";
constexpr char kSubmitted[] = "assessment_submitted";  // {assessment}
constexpr char kByLevel[] = "assessment_by_level";    // {model}/{object or -}/{level}/{time, latest first}/{assessment}
constexpr char kByObject[] = "assessment_by_object";  // {model}/{object}/{time, latest first}/{assessment}
constexpr std::size_t kMostBytesOfAPage = 2 << 20;    // half of what a client takes in one message
constexpr std::int64_t kLastMicrosecond = 9'999'999'999'999'999;  // sixteen digits are enough until the year 2286

std::string LevelPrefix(const std::string& model, const std::string& object, int level) {
  return absl::StrCat(model, "/", object.empty() ? "-" : object, "/", level, "/");
}
std::string ObjectPrefix(const std::string& model, const std::string& object) {
  return absl::StrCat(model, "/", object, "/");
}

std::string LatestFirst(const AssessmentName& name, const v1::Assessment& assessment) {
  const std::int64_t submitted = absl::ToUnixMicros(FromTimestamp(assessment.submit_time()));
  return absl::StrCat(absl::StrFormat("%016d", kLastMicrosecond - submitted), "/", name.id);
}

void PutIntoIndices(const AssessmentName& name, const v1::Assessment& submitted, store::Commit& commit) {
  const std::string& model = submitted.model();
  const int level = submitted.result().level();
  const std::string end = LatestFirst(name, submitted);
  commit.puts.push_back({.table = kSubmitted, .id = name.id});
  commit.puts.push_back({.table = kByLevel, .id = LevelPrefix(model, "", level) + end, .value = name.id});
  if (const absl::StatusOr<ObjectName> object = ObjectName::Parse(submitted.object(), "object"); object.ok()) {
    commit.puts.push_back({.table = kByLevel, .id = LevelPrefix(model, object->id, level) + end, .value = name.id});
    commit.puts.push_back({.table = kByObject, .id = ObjectPrefix(model, object->id) + end, .value = name.id});
  }
}

// Keys are made here and not within a co_await, where g++ 12 destroys a braced temporary twice.
store::Key KeyOf(const AssessmentName& name) {
  return {.table = kAssessments, .partition = AssessmentRepository::PartitionOf(name.applicant), .id = name.id};
}

absl::StatusOr<KeptAssessment> FromRecord(const store::Record& record) {
  KeptAssessment kept{.version = record.version};
  if (!kept.assessment.ParseFromString(record.value)) return absl::DataLossError("an assessment cannot be read");
  kept.assessment.set_etag(absl::StrCat(record.version));
  return kept;
}

// The records of a page, read from the index `kSubmitted`.
Task<absl::StatusOr<store::Page>> ScanSubmitted(store::Store& store, std::string partition, std::string position,
                                                int limit) {
  CO_ASSIGN_OR_RETURN(const store::Page index, co_await store.Scan(kSubmitted, partition, "", position, limit));
  std::vector<store::Key> keys;
  for (const store::Record& record : index.records) {
    keys.push_back({.table = kAssessments, .partition = partition, .id = record.id});
  }
  store::Page page{.more = index.more};
  if (keys.empty()) co_return page;
  CO_ASSIGN_OR_RETURN(std::vector<std::optional<store::Record>> records, co_await store.GetMany(std::move(keys)));
  for (std::optional<store::Record>& record : records) {
    if (!record) co_return absl::DataLossError("an index names an assessment that is not there");
    page.records.push_back(*std::move(record));
  }
  co_return page;
}

}  // namespace

std::string AssessmentRepository::PartitionOf(const ApplicantName& applicant) { return applicant.ToString(); }

std::string AssessmentRepository::NextEtag(std::uint64_t version) { return absl::StrCat(version + 1); }

store::Precondition AssessmentRepository::HasVersion(const AssessmentName& name, std::uint64_t version) {
  return {.table = kAssessments, .id = name.id, .version = version};
}

Task<absl::StatusOr<KeptAssessment>> AssessmentRepository::Get(AssessmentName name) const {
  const absl::StatusOr<store::Record> record = co_await store_.Get(KeyOf(name));
  if (absl::IsNotFound(record.status())) co_return errors::AssessmentNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return FromRecord(*record);
}

Task<absl::StatusOr<std::vector<std::optional<v1::Assessment>>>> AssessmentRepository::GetMany(
    std::vector<AssessmentName> names) const {
  std::vector<store::Key> keys;
  for (const AssessmentName& name : names) keys.push_back(KeyOf(name));
  CO_ASSIGN_OR_RETURN(const auto records, co_await store_.GetMany(std::move(keys)));
  std::vector<std::optional<v1::Assessment>> assessments;
  for (const std::optional<store::Record>& record : records) {
    assessments.emplace_back();
    if (!record.has_value()) continue;
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, FromRecord(*record));
    assessments.back() = std::move(kept.assessment);
  }
  co_return assessments;
}

Task<absl::Status> AssessmentRepository::Save(AssessmentName name, v1::Assessment assessment, std::uint64_t version,
                                              store::Event event, std::optional<store::Replay> replay) const {
  assessment.clear_etag();
  store::Commit commit{.partition = PartitionOf(name.applicant), .replay = std::move(replay)};
  commit.preconditions.push_back({.table = kAssessments, .id = name.id, .version = version});
  commit.puts.push_back({.table = kAssessments, .id = name.id, .value = assessment.SerializeAsString()});
  if (assessment.state() == v1::Assessment::STATE_SUBMITTED) PutIntoIndices(name, assessment, commit);
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<AssessmentPage>> AssessmentRepository::Page(ApplicantName applicant, std::string position,
                                                                int limit, bool with_drafts) const {
  const std::string partition = PartitionOf(applicant);
  absl::StatusOr<store::Page> found;
  if (with_drafts) {
    found = co_await store_.Scan(kAssessments, partition, "", position, limit);
  } else {
    found = co_await ScanSubmitted(store_, partition, position, limit);
  }
  if (!found.ok()) co_return found.status();

  AssessmentPage page;
  std::size_t bytes = 0;
  for (const store::Record& record : found->records) {
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, FromRecord(record));
    kept.assessment.clear_answers();
    bytes += kept.assessment.ByteSizeLong();
    if (bytes > kMostBytesOfAPage && !page.assessments.empty()) co_return page;
    page.assessments.push_back(std::move(kept.assessment));
    page.position = record.id;
  }
  if (!found->more) page.position.clear();
  co_return page;
}

Task<absl::StatusOr<std::optional<v1::Assessment>>> AssessmentRepository::LatestAtLevel(ApplicantName applicant,
                                                                                        std::string object,
                                                                                        std::string model,
                                                                                        int level) const {
  const std::string partition = PartitionOf(applicant);
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(kByLevel, partition, LevelPrefix(model, object, level), "", 1));
  if (page.records.empty()) co_return std::nullopt;
  const AssessmentName name{.applicant = applicant, .id = page.records[0].value};
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await Get(name));
  co_return std::move(kept.assessment);
}

Task<absl::StatusOr<std::optional<v1::Assessment>>> AssessmentRepository::SubmittedBefore(
    ObjectName object, const v1::Assessment& assessment) const {
  const std::string prefix = ObjectPrefix(assessment.model(), object.id);
  std::string after;
  if (assessment.state() == v1::Assessment::STATE_SUBMITTED) {
    CO_ASSIGN_OR_RETURN(const AssessmentName own, AssessmentName::Parse(assessment.name(), "name"));
    after = prefix + LatestFirst(own, assessment);
  }
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(kByObject, PartitionOf(object.applicant), prefix, after, 1));
  if (page.records.empty()) co_return std::nullopt;
  const AssessmentName name{.applicant = object.applicant, .id = page.records[0].value};
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await Get(name));
  co_return std::move(kept.assessment);
}

Task<absl::StatusOr<std::vector<v1::Assessment>>> AssessmentRepository::LatestOf(ObjectName object, std::string model,
                                                                                 int limit) const {
  const std::string partition = PartitionOf(object.applicant);
  CO_ASSIGN_OR_RETURN(const store::Page page,
                      co_await store_.Scan(kByObject, partition, ObjectPrefix(model, object.id), "", limit));
  std::vector<v1::Assessment> assessments;
  for (const store::Record& record : page.records) {
    const AssessmentName name{.applicant = object.applicant, .id = record.value};
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await Get(name));
    for (v1::Answer& answer : *kept.assessment.mutable_answers()) {
      answer.clear_note();
      answer.clear_evidence();
    }
    assessments.push_back(std::move(kept.assessment));
  }
  co_return assessments;
}

}  // namespace jiebang::maturity
