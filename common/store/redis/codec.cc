#include "common/store/redis/codec.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"

namespace jiebang::store::redis {
namespace {

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("Redis: ", what, " is not as it was written"));
}

// "<number>:<rest>", as records and replays begin.
bool SplitNumber(const std::string& text, std::uint64_t& number, std::size_t& rest) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return false;
  rest = colon + 1;
  return absl::SimpleAtoi(absl::string_view(text).substr(0, colon), &number);
}

absl::StatusOr<JournalEntry> DecodeEntry(Reply reply) {
  // [id, [p, partition, t, type, r, resource, d, payload]]
  if (reply.elements.size() != 2 || reply.elements[1].elements.size() != 8) return Damaged("an entry of the journal");
  const std::string& id = reply.elements[0].text;
  std::vector<Reply>& fields = reply.elements[1].elements;
  JournalEntry entry{.partition = std::move(fields[1].text),
                     .event = {.type = std::move(fields[3].text),
                               .resource = std::move(fields[5].text),
                               .payload = std::move(fields[7].text)}};
  if (!absl::SimpleAtoi(absl::string_view(id).substr(0, id.find('-')), &entry.sequence)) {
    return Damaged("the place of an entry of the journal");
  }
  return entry;
}

}  // namespace

std::string EncodeReplay(const Replay& replay) {
  return absl::StrCat(replay.fingerprint.size(), ":", replay.fingerprint, replay.answer);
}

absl::StatusOr<std::optional<Replay>> DecodeReplay(const std::string& key, const Reply& reply) {
  if (reply.type == Reply::Type::kNil) return std::nullopt;
  std::uint64_t size = 0;
  std::size_t rest = 0;
  if (!SplitNumber(reply.text, size, rest) || reply.text.size() - rest < size) return Damaged("a replay");
  return Replay{.key = key, .fingerprint = reply.text.substr(rest, size), .answer = reply.text.substr(rest + size)};
}

absl::StatusOr<std::optional<Record>> DecodeRecord(std::string id, Reply reply) {
  if (reply.type == Reply::Type::kNil) return std::nullopt;
  Record record{.id = std::move(id)};
  std::size_t rest = 0;
  if (!SplitNumber(reply.text, record.version, rest)) return Damaged("a record");
  record.value = std::move(reply.text);
  record.value.erase(0, rest);
  return record;
}

absl::StatusOr<Page> DecodePage(Reply reply) {
  if (reply.type != Reply::Type::kArray || reply.elements.size() % 2 != 1) return UnexpectedReply();
  Page page{.more = reply.elements[0].integer != 0};
  page.records.reserve(reply.elements.size() / 2);
  for (std::size_t i = 1; i < reply.elements.size(); i += 2) {
    ASSIGN_OR_RETURN(std::optional<Record> record,
                     DecodeRecord(std::move(reply.elements[i].text), std::move(reply.elements[i + 1])));
    if (!record) return Damaged("a page");
    page.records.push_back(*std::move(record));
  }
  return page;
}

absl::StatusOr<std::vector<JournalEntry>> DecodeEntries(Reply reply) {
  if (reply.type != Reply::Type::kArray) return UnexpectedReply();
  std::vector<JournalEntry> entries;
  entries.reserve(reply.elements.size());
  for (Reply& element : reply.elements) {
    ASSIGN_OR_RETURN(JournalEntry entry, DecodeEntry(std::move(element)));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace jiebang::store::redis
