// What becomes of each entry of an import.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_IMPORT_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_IMPORT_H_

#include <map>
#include <vector>

#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

using GivenEntries = google::protobuf::RepeatedPtrField<v1::ListEntry>;
using EntriesByNumber = std::map<int, v1::ListEntry>;

struct ImportOutcome {
  std::vector<v1::ImportResult> results;  // one an entry, in the order given
  std::vector<v1::ListEntry> added;       // with their names
};

// `present`: what the list has under the numbers given. An entry that is there already or was given before with the
// same content is left alone; one with other content under the same number is refused, and so is one whose USCC does
// not pass its check (leave the USCC out where the publication has a wrong one: an honour must not fall to somebody
// else) or whose unit is no id.
ImportOutcome Import(const ListName& list, const GivenEntries& given, EntriesByNumber present);

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_IMPORT_H_
