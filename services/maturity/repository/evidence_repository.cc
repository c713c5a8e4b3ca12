#include "services/maturity/repository/evidence_repository.h"

#include <utility>

#include "services/maturity/domain/attachment.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/repository/assessment_repository.h"

namespace jiebang::maturity {
namespace {

constexpr char kAttachments[] = "attachment";               // {assessment}/{attachment}
constexpr char kContents[] = "attachment_content";          // the same
constexpr char kAttachmentCount[] = "attachment_count";     // {assessment}; its version counts
constexpr char kVerifications[] = "maturity_verification";  // {assessment}

std::string AttachmentId(const AttachmentName& name) { return absl::StrCat(name.assessment.id, "/", name.id); }

store::Key AttachmentKey(const char* table, const AttachmentName& name) {
  return {.table = table,
          .partition = AssessmentRepository::PartitionOf(name.assessment.applicant),
          .id = AttachmentId(name)};
}

store::Key VerificationKey(const AssessmentName& name) {
  return {.table = kVerifications, .partition = AssessmentRepository::PartitionOf(name.applicant), .id = name.id};
}

}  // namespace

Task<absl::Status> EvidenceRepository::Attach(AttachmentName name, std::uint64_t assessment_version,
                                              v1::Attachment attachment, std::string content, store::Event event,
                                              std::optional<store::Replay> replay) const {
  const std::string partition = AssessmentRepository::PartitionOf(name.assessment.applicant);
  store::Key count_key{.table = kAttachmentCount, .partition = partition, .id = name.assessment.id};
  const absl::StatusOr<store::Record> count = co_await store_.Get(std::move(count_key));
  if (!count.ok() && !absl::IsNotFound(count.status())) co_return count.status();
  const std::uint64_t there = count.ok() ? count->version : 0;
  if (there >= kMaxAttachments) co_return errors::AttachmentsFull(name.assessment.ToString(), kMaxAttachments);

  store::Commit commit{.partition = partition, .replay = std::move(replay)};
  commit.preconditions.push_back(AssessmentRepository::HasVersion(name.assessment, assessment_version));
  commit.preconditions.push_back({.table = kAttachmentCount, .id = name.assessment.id, .version = there});
  commit.preconditions.push_back({.table = kAttachments, .id = AttachmentId(name), .version = 0});
  commit.puts.push_back({.table = kAttachmentCount, .id = name.assessment.id});
  commit.puts.push_back({.table = kAttachments, .id = AttachmentId(name), .value = attachment.SerializeAsString()});
  commit.puts.push_back({.table = kContents, .id = AttachmentId(name), .value = std::move(content)});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

Task<absl::StatusOr<v1::Attachment>> EvidenceRepository::Attachment(AttachmentName name) const {
  CO_ASSIGN_OR_RETURN(std::optional<Kept<v1::Attachment>> kept,
                      co_await Find<v1::Attachment>(store_, AttachmentKey(kAttachments, name)));
  if (!kept) co_return errors::AttachmentNotFound(name.ToString());
  co_return std::move(kept->message);
}

Task<absl::StatusOr<std::string>> EvidenceRepository::Content(AttachmentName name) const {
  absl::StatusOr<store::Record> record = co_await store_.Get(AttachmentKey(kContents, name));
  if (absl::IsNotFound(record.status())) co_return errors::AttachmentNotFound(name.ToString());
  if (!record.ok()) co_return record.status();
  co_return std::move(record->value);
}

Task<absl::StatusOr<std::vector<bool>>> EvidenceRepository::AreThere(std::vector<AttachmentName> names) const {
  std::vector<bool> there;
  for (std::size_t first = 0; first < names.size(); first += store::kMaxScanRecords) {
    std::vector<store::Key> keys;
    for (std::size_t i = first; i < names.size() && i < first + store::kMaxScanRecords; ++i) {
      keys.push_back(AttachmentKey(kAttachments, names[i]));
    }
    CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                        co_await store_.GetMany(std::move(keys)));
    for (const std::optional<store::Record>& record : records) there.push_back(record.has_value());
  }
  co_return there;
}

Task<absl::StatusOr<std::optional<KeptVerification>>> EvidenceRepository::Verification(AssessmentName name) const {
  CO_ASSIGN_OR_RETURN(std::optional<KeptVerification> kept,
                      co_await Find<v1::Verification>(store_, VerificationKey(name)));
  if (kept) kept->message.set_etag(absl::StrCat(kept->version));
  co_return kept;
}

Task<absl::StatusOr<std::vector<std::optional<int>>>> EvidenceRepository::VerifiedLevels(
    std::vector<AssessmentName> names) const {
  std::vector<std::optional<int>> levels;
  if (names.empty()) co_return levels;
  std::vector<store::Key> keys;
  for (const AssessmentName& name : names) keys.push_back(VerificationKey(name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::optional<store::Record>> records,
                      co_await store_.GetMany(std::move(keys)));
  for (const std::optional<store::Record>& record : records) {
    levels.emplace_back();
    if (!record) continue;
    CO_ASSIGN_OR_RETURN(const KeptVerification kept, Parsed<v1::Verification>(*record));
    if (kept.message.state() == v1::Verification::STATE_COMPLETED) levels.back() = kept.message.verified().level();
  }
  co_return levels;
}

Task<absl::Status> EvidenceRepository::SaveVerification(AssessmentName name, v1::Verification verification,
                                                        std::uint64_t version, store::Event event,
                                                        std::optional<store::Replay> replay) const {
  verification.clear_etag();
  store::Commit commit{.partition = AssessmentRepository::PartitionOf(name.applicant), .replay = std::move(replay)};
  commit.preconditions.push_back({.table = kVerifications, .id = name.id, .version = version});
  commit.puts.push_back({.table = kVerifications, .id = name.id, .value = verification.SerializeAsString()});
  commit.events.push_back(std::move(event));
  co_return co_await store_.Apply(std::move(commit));
}

}  // namespace jiebang::maturity
