#include "services/publiclist/domain/names.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::publiclist {

absl::StatusOr<ListName> ListName::Parse(const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName("lists/{list}", name, field));
  return ListName{.id = std::move(ids[0])};
}

absl::StatusOr<ListName> ListName::WithId(const std::string& id, const std::string& field) {
  return Parse(absl::StrCat("lists/", id), field);
}

std::string ListName::ToString() const { return absl::StrCat("lists/", id); }

std::string EntryId(int number) { return absl::StrFormat("%06d", number); }

std::string EntryName(const ListName& list, int number) {
  return absl::StrCat(list.ToString(), "/entries/", EntryId(number));
}

absl::StatusOr<RoundName> RoundName::Parse(const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("programmes/{programme}/tracks/{track}/rounds/{round}", name, field));
  return RoundName{.programme = std::move(ids[0]), .track = std::move(ids[1]), .round = std::move(ids[2])};
}

std::string RoundName::ToString() const {
  return absl::StrCat("programmes/", programme, "/tracks/", track, "/rounds/", round);
}

absl::StatusOr<std::string> ParseProgrammeName(const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName("programmes/{programme}", name, field));
  return std::move(ids[0]);
}

absl::StatusOr<ApplicantName> ApplicantName::Parse(const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName("applicants/{applicant}", name, field));
  return ApplicantName{.uscc = std::move(ids[0])};
}

std::string ApplicantName::ToString() const { return absl::StrCat("applicants/", uscc); }

}  // namespace jiebang::publiclist
