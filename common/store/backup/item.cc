#include "common/store/backup/item.h"

#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace jiebang::store::backup {
namespace {

enum Part { kService, kRecords, kReplays, kJournal };

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

Part PartOf(const Item& item) {
  return std::visit(
      Overloaded{[](const ServiceStart&) { return kService; }, [](const StoredRecord&) { return kRecords; },
                 [](const StoredReplay&) { return kReplays; }, [](const JournalStart&) { return kJournal; },
                 [](const StoredEntry&) { return kJournal; }},
      item);
}

// A journal's start stands where its entry 0 would.
std::tuple<int, std::uint64_t> JournalPlaceOf(const Item& item) {
  if (const auto* const start = std::get_if<JournalStart>(&item)) return {start->shard, 0};
  const auto& entry = std::get<StoredEntry>(item);
  return {entry.shard, entry.entry.sequence};
}

std::string Quoted(const std::string& bytes) { return absl::StrCat("\"", absl::CHexEscape(bytes), "\""); }

}  // namespace

std::strong_ordering OrderWithinService(const Item& a, const Item& b) {
  if (const auto parts = PartOf(a) <=> PartOf(b); parts != 0) return parts;
  switch (PartOf(a)) {
    case kRecords: {
      const Key& left = std::get<StoredRecord>(a).key;
      const Key& right = std::get<StoredRecord>(b).key;
      return std::tie(left.table, left.partition, left.id) <=> std::tie(right.table, right.partition, right.id);
    }
    case kReplays: {
      const auto& left = std::get<StoredReplay>(a);
      const auto& right = std::get<StoredReplay>(b);
      return std::tie(left.partition, left.replay.key) <=> std::tie(right.partition, right.replay.key);
    }
    case kJournal:
      return JournalPlaceOf(a) <=> JournalPlaceOf(b);
    case kService:
      break;
  }
  return std::get<ServiceStart>(a).service <=> std::get<ServiceStart>(b).service;
}

std::string PlaceOf(const Item& item) {
  return std::visit(
      Overloaded{
          [](const ServiceStart& start) { return absl::StrCat("the service ", start.service); },
          [](const StoredRecord& record) {
            return absl::StrCat("the record of table ", Quoted(record.key.table), ", partition ",
                                Quoted(record.key.partition), ", id ", Quoted(record.key.id));
          },
          [](const StoredReplay& replay) {
            return absl::StrCat("the remembered answer of partition ", Quoted(replay.partition), ", key ",
                                Quoted(replay.replay.key));
          },
          [](const JournalStart& start) { return absl::StrCat("the start of the journal of shard ", start.shard); },
          [](const StoredEntry& entry) {
            return absl::StrCat("entry ", entry.entry.sequence, " of the journal of shard ", entry.shard);
          }},
      item);
}

}  // namespace jiebang::store::backup
