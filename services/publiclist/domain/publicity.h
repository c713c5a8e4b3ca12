// How long a list stands open to objections (公示期), and how long a title is valid.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLICITY_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLICITY_H_

#include <optional>

#include "absl/time/time.h"
#include "jiebang/programme/v1/list.pb.h"
#include "jiebang/programme/v1/title.pb.h"

namespace jiebang::publiclist {

// The first instant after the publicity period of a list that is published at `opened`: the start of the day in
// Shanghai after the last day of the period. The day of publication is not counted. Working days are Monday to Friday:
// a calendar of public holidays and of the Saturdays worked for them is not kept yet, so a period that meets a holiday
// ends earlier here than by that calendar (ours, until there is one).
absl::Time PublicityEnd(const programme::v1::Publicity& publicity, absl::Time opened);

// The first instant at which a title granted at `granted` is no longer valid: the start of the same day so many years
// later, 1 March for 29 February. nullopt: the programme names no term.
std::optional<absl::Time> ValidUntil(const programme::v1::Title& title, absl::Time granted);

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_PUBLICITY_H_
