#include "services/jiebangctl/audit_command.h"

#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/seal/audit.h"
#include "common/seal/leaf.h"
#include "common/seal/seal_repository.h"
#include "common/status/status_macros.h"
#include "common/store/backup/backup_reader.h"
#include "common/token/keys.h"
#include "google/protobuf/util/json_util.h"
#include "jiebang/journal/v1/event.pb.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::ctl {
namespace {

using journal::v1::SignedHead;
using store::backup::BackupReader;
using store::backup::Item;
using store::backup::ServiceStart;
using store::backup::StoredEntry;
using store::backup::StoredRecord;

constexpr std::size_t kMostShown = 10'000;

// {"head": {...}}
absl::StatusOr<SignedHead> ReadKnownHead(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) return absl::InvalidArgumentError(absl::StrCat(file, ": cannot be read"));
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  journal::v1::KnownHead known;
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, &known);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": is no answer of GetJournalHead as JSON: ", std::string(parsed.message())));
  }
  return known.head();
}

std::string ServiceOf(const SignedHead& signed_head) {
  journal::v1::JournalHead head;
  return head.ParseFromString(signed_head.head()) ? head.service() : "";
}

// One service under audit: goes on until something does not fit.
class AuditedService {
 public:
  explicit AuditedService(seal::AuditOptions options) : audit_(std::move(options)) {}

  void TakeSeal(const StoredRecord& record) {
    if (!finding_.ok()) return;
    finding_ = TakeHeadOrTile(record);
  }
  void TakeEntry(const StoredEntry& entry) {
    if (finding_.ok()) finding_ = audit_.AddEntry(entry.shard, entry.entry);
  }
  void TakeRecord(const StoredRecord& record) {
    if (finding_.ok()) finding_ = audit_.AddRecord(record.key, record.value);
  }

  absl::StatusOr<seal::AuditReport> Finish() {
    RETURN_IF_ERROR(finding_);
    return audit_.Finish();
  }

 private:
  absl::Status TakeHeadOrTile(const StoredRecord& record) {
    ASSIGN_OR_RETURN(const std::optional<SignedHead> head, seal::HeadIn(record.key, record.value));
    if (head) return audit_.AddHead(*head);
    ASSIGN_OR_RETURN(const std::optional<seal::TilePlace> place, seal::TileAt(record.key));
    return place ? audit_.AddTile(place->shard, place->tile, record.value) : absl::OkStatus();
  }

  seal::Audit audit_;
  absl::Status finding_;
};

using Services = std::map<std::string, AuditedService>;

absl::StatusOr<Services> ServicesOf(const AuditFlags& flags, const BackupReader& reader) {
  std::vector<token::VerifyingKey> keys;
  for (const std::string& file : flags.public_keys) {
    ASSIGN_OR_RETURN(token::VerifyingKey key, token::VerifyingKey::OfAnyKindFromPemFile(file));
    keys.push_back(std::move(key));
  }
  std::map<std::string, std::vector<SignedHead>> known;
  for (const std::string& file : flags.known_heads) {
    ASSIGN_OR_RETURN(SignedHead head, ReadKnownHead(file));
    // A head of nobody's would prove nothing.
    RETURN_IF_ERROR(seal::OpenHead(head, keys).status());
    known[ServiceOf(head)].push_back(std::move(head));
  }
  Services services;
  for (const std::string& service : reader.header().services()) {
    if (!flags.service.empty() && service != flags.service) continue;
    services.emplace(service, seal::AuditOptions{.service = service, .keys = keys, .known_heads = known[service]});
  }
  if (services.empty()) return absl::NotFoundError(absl::StrCat("the back-up holds no service ", flags.service));
  return services;
}

// Calls `take` with every item of a service that is audited, in the order of the file.
template <class Take>
absl::Status ForEach(BackupReader& reader, Services& services, const Take& take) {
  RETURN_IF_ERROR(reader.Rewind());
  AuditedService* service = nullptr;
  while (true) {
    ASSIGN_OR_RETURN(const std::optional<Item> item, reader.Next());
    if (!item) return absl::OkStatus();
    if (const auto* const start = std::get_if<ServiceStart>(&*item)) {
      const auto found = services.find(start->service);
      service = found == services.end() ? nullptr : &found->second;
    } else if (service != nullptr) {
      take(*service, *item);
    }
  }
}

std::string Shown(const StoredEntry& entry) {
  journal::v1::Event event;
  const bool read = event.ParseFromString(entry.entry.event.payload);
  const std::string time =
      read ? absl::FormatTime(absl::RFC3339_sec, absl::FromUnixSeconds(event.time().seconds()), absl::UTCTimeZone())
           : "?";
  return absl::StrCat("shard ", entry.shard, " entry ", entry.entry.sequence, ": ", time, " ",
                      absl::CHexEscape(entry.entry.event.type), " ", absl::CHexEscape(entry.entry.event.resource),
                      " by ", absl::CHexEscape(event.actor()), " from ", absl::CHexEscape(event.source_address()),
                      " result ", event.result(), event.reason().empty() ? "" : " ", event.reason());
}

bool IsInRange(const AuditFlags& flags, const StoredEntry& entry) {
  const auto sequence = static_cast<std::int64_t>(entry.entry.sequence);
  return entry.shard == flags.shard && sequence >= flags.from && sequence <= flags.to;
}

std::string Say(const seal::AuditReport& report) {
  std::string text = report.last_head == 0 ? "not sealed; "
                                           : absl::StrCat("fits heads ", report.first_head, " to ", report.last_head,
                                                          "; ", report.sealed_entries, " events sealed, ");
  absl::StrAppend(&text, report.unsealed_entries, " not sealed yet, ", report.compacted_entries,
                  " known by their hash alone; ", report.records, " records are what the journal says, ",
                  report.untraced_records, " changed last before it begins, ", report.derived_records,
                  " are not covered");
  for (const journal::v1::AcceptedRollback& rollback : report.rollbacks) {
    absl::StrAppend(&text, "\n  an operator accepted that shard ", rollback.shard(), " lost what was sealed up to ",
                    rollback.sealed().size(), ": ", absl::CHexEscape(rollback.reason()));
  }
  return text;
}

}  // namespace

absl::Status VerifyAudit(const AuditFlags& flags, std::ostream& output) {
  if (flags.shard >= 0 && flags.service.empty()) {
    return absl::InvalidArgumentError("a range is of one service: want --service NAME");
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<BackupReader> reader, BackupReader::Open(flags.backup));
  ASSIGN_OR_RETURN(Services services, ServicesOf(flags, *reader));
  std::vector<std::string> range;
  RETURN_IF_ERROR(ForEach(*reader, services, [](AuditedService& service, const Item& item) {
    if (const auto* const record = std::get_if<StoredRecord>(&item)) service.TakeSeal(*record);
  }));
  RETURN_IF_ERROR(ForEach(*reader, services, [&](AuditedService& service, const Item& item) {
    const auto* const entry = std::get_if<StoredEntry>(&item);
    if (entry == nullptr) return;
    service.TakeEntry(*entry);
    if (IsInRange(flags, *entry) && range.size() < kMostShown) range.push_back(Shown(*entry));
  }));
  RETURN_IF_ERROR(ForEach(*reader, services, [](AuditedService& service, const Item& item) {
    if (const auto* const record = std::get_if<StoredRecord>(&item)) service.TakeRecord(*record);
  }));

  int findings = 0;
  for (auto& [name, service] : services) {
    const absl::StatusOr<seal::AuditReport> report = service.Finish();
    if (!report.ok() && !absl::IsDataLoss(report.status())) return report.status();
    if (!report.ok()) ++findings;
    output << name << ": " << (report.ok() ? Say(*report) : absl::StrCat("DOES NOT FIT: ", report.status().message()))
           << '\n';
  }
  if (findings > 0) return absl::DataLossError(absl::StrCat(findings, " of ", services.size(), " journals do not fit"));
  if (flags.shard < 0) return absl::OkStatus();
  for (const std::string& line : range) output << line << '\n';
  if (range.empty()) return absl::NotFoundError("the journal holds no entry of this range");
  return absl::OkStatus();
}

}  // namespace jiebang::ctl
