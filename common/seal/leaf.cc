#include "common/seal/leaf.h"

#include <cstdint>
#include <string_view>

namespace jiebang::seal {
namespace {

void AppendNumber(std::uint64_t number, int bytes, std::string& out) {
  for (int byte = bytes - 1; byte >= 0; --byte) out.push_back(static_cast<char>((number >> (8 * byte)) & 0xff));
}

void AppendText(std::string_view text, std::string& out) {
  AppendNumber(text.size(), 4, out);
  out.append(text);
}

}  // namespace

std::string LeafBytes(int shard, const store::JournalEntry& entry) {
  std::string bytes;
  bytes.reserve(28 + entry.partition.size() + entry.event.type.size() + entry.event.resource.size() +
                entry.event.payload.size());
  AppendNumber(static_cast<std::uint64_t>(shard), 4, bytes);
  AppendNumber(entry.sequence, 8, bytes);
  AppendText(entry.partition, bytes);
  AppendText(entry.event.type, bytes);
  AppendText(entry.event.resource, bytes);
  AppendText(entry.event.payload, bytes);
  return bytes;
}

}  // namespace jiebang::seal
