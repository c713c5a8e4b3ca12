#include "services/review/repository/records.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/status/status_macros.h"

namespace jiebang::review {
namespace {

// Short enough that other writers of the shard get their turn in between.
constexpr std::size_t kPutsAtOnce = 500;
static_assert(kPutsAtOnce < store::kMaxCommitOperations);

// 128 bits of a digest tell any two contents apart.
constexpr std::size_t kDigestCharacters = 32;

}  // namespace

std::string ContentPrefix(const std::string& round_id, const std::string& digest) {
  return absl::StrCat(round_id, "/", digest.substr(0, kDigestCharacters), "/");
}

Task<absl::Status> WriteAhead(store::Store& store, std::string partition, store::Precondition unchanged,
                              std::vector<store::Put> puts) {
  for (std::size_t begin = 0; begin < puts.size(); begin += kPutsAtOnce) {
    const std::size_t end = std::min(puts.size(), begin + kPutsAtOnce);
    store::Commit commit{.partition = partition};
    commit.preconditions.push_back(unchanged);
    commit.puts.assign(std::make_move_iterator(puts.begin() + static_cast<std::ptrdiff_t>(begin)),
                       std::make_move_iterator(puts.begin() + static_cast<std::ptrdiff_t>(end)));
    CO_RETURN_IF_ERROR(co_await store.Apply(std::move(commit)));
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::review
