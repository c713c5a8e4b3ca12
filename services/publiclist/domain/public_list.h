// The life of a list: a draft that is built at once or imported in parts, then its publicity period, then announced for
// ever. From the publicity period on its entries are frozen under a digest.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLIC_LIST_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLIC_LIST_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/programme/programme.h"
#include "jiebang/publiclist/v1/public_list.pb.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/domain/names.h"

namespace jiebang::publiclist {

// The draft of a list of `entry_count` selected applications of a round. NOT_FOUND TRACK_NOT_FOUND.
absl::StatusOr<v1::PublicList> NewBuiltList(const programme::Programme& programme, const RoundName& round,
                                            const ListName& name, const v1::BuildListRequest& request, int entry_count);

// The draft of a list that was published before, without entries. INVALID_ARGUMENT IMPORT_INCOMPLETE.
absl::StatusOr<v1::PublicList> NewImportedList(const ListName& name, const v1::PublicList& asked, absl::Time now);

// Whether entries may be added by import. FAILED_PRECONDITION LIST_NOT_IMPORTED, LIST_NOT_DRAFT.
absl::Status MayImport(const v1::PublicList& list);

// Whether the publicity period may be opened. FAILED_PRECONDITION LIST_NOT_DRAFT, LIST_NOT_BUILT, LIST_EMPTY.
absl::Status MayOpenPublicity(const v1::PublicList& list);

// `list` in its publicity period from `now` on. `programme`: nullptr if it is not known any more. MayOpenPublicity's
// errors; NOT_FOUND PROGRAMME_NOT_FOUND; FAILED_PRECONDITION NO_PUBLICITY_PERIOD.
absl::StatusOr<v1::PublicList> InPublicity(v1::PublicList list, const programme::Programme* programme,
                                           const std::string& digest, absl::Time now);

// Whether the list may be announced: a built one after its publicity period, an imported one as soon as it has entries.
// FAILED_PRECONDITION LIST_NOT_IN_PUBLICITY, PUBLICITY_NOT_OVER, LIST_EMPTY.
absl::Status MayAnnounce(const v1::PublicList& list, absl::Time now);

// `list`, announced: a built one at `now`, an imported one at its own date. `digest` is of the present entries. The
// term of its title is the programme's. MayAnnounce's errors; for a built list NOT_FOUND PROGRAMME_NOT_FOUND.
absl::StatusOr<v1::PublicList> Announced(v1::PublicList list, const programme::Programme* programme,
                                         const std::string& digest, absl::Time now);

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLIC_LIST_H_
