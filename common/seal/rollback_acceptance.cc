#include "common/seal/rollback_acceptance.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/store/store.h"

namespace jiebang::seal {
namespace {

constexpr std::size_t kRootDigits = 16;

std::string RootDigits(const journal::v1::ShardTree& tree) {
  return absl::BytesToHexString(tree.root()).substr(0, kRootDigits);
}

}  // namespace

absl::StatusOr<RollbackAcceptance> RollbackAcceptance::Parse(std::string_view text) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(text.data(), text.size()), absl::MaxSplits(':', 2));
  RollbackAcceptance acceptance;
  const bool is_one = parts.size() == 3 && absl::SimpleAtoi(parts[0], &acceptance.shard) && acceptance.shard >= 0 &&
                      acceptance.shard < store::kShards && parts[1].size() == kRootDigits &&
                      std::all_of(parts[1].begin(), parts[1].end(), absl::ascii_isxdigit) && !parts[2].empty();
  if (!is_one) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", absl::string_view(text.data(), text.size()),
                     "\" accepts no rollback: want SHARD:ROOT:REASON, as the sealer names them"));
  }
  acceptance.root_digits = absl::AsciiStrToLower(parts[1]);
  acceptance.reason = parts[2];
  return acceptance;
}

std::string RollbackAcceptance::ExampleFor(int shard, const journal::v1::ShardTree& sealed) {
  return absl::StrCat(shard, ":", RootDigits(sealed), ":REASON");
}

bool RollbackAcceptance::Accepts(int its_shard, const journal::v1::ShardTree& sealed) const {
  return its_shard == shard && RootDigits(sealed) == root_digits;
}

}  // namespace jiebang::seal
