// Finds what decisions about a list rest on.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_LIST_TERMS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_LIST_TERMS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "services/quota/domain/list_name.h"
#include "services/quota/domain/recommendation_list.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

// NOT_FOUND PROGRAMME_NOT_FOUND.
absl::StatusOr<std::shared_ptr<const programme::Programme>> FindProgramme(const programme::Programmes& programmes,
                                                                          const std::string& id);

// Whether the track has a list of its own. NOT_FOUND: TRACK_NOT_FOUND, TRACK_WITHOUT_LIST.
absl::Status CheckListTrack(const programme::Programme& programme, const ListName& name);

// NOT_FOUND: as above, UNIT_NOT_FOUND, NO_QUOTA.
Task<absl::StatusOr<ListTerms>> FindListTerms(const programme::Programmes& programmes, UnitRepository& units,
                                              ListName name);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_LIST_TERMS_H_
