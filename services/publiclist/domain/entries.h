// The entries of lists: made from decisions, and digested in their order.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ENTRIES_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ENTRIES_H_

#include <map>
#include <string>
#include <vector>

#include "common/programme/programme.h"
#include "jiebang/publiclist/v1/public_list.pb.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

// The units' display names by their names, `units/{unit}`.
using UnitLabels = std::map<std::string, std::string>;

// The selected candidates as entries 1, 2, 3 ... in the order of their ranks. The industry is the programme's
// sub-sector where it has one, the code otherwise.
std::vector<v1::ListEntry> EntriesOf(const ListName& list, std::vector<review::v1::Candidate> selected,
                                     const UnitLabels& units, const programme::Programme& programme);

// SHA-256 over the SHA-256 of each entry's deterministic bytes: entries come by page and cannot run into each other.
class EntriesDigest {
 public:
  // In the order of the list.
  void Add(const v1::ListEntry& entry);

  int count() const { return count_; }
  std::string Hex() const;

 private:
  std::string digests_;
  int count_ = 0;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_ENTRIES_H_
