// The names of lists, of the rounds that they are built from and of who holds honours.
#ifndef JIEBANG_SERVICES_PUBLICLIST_DOMAIN_NAMES_H_
#define JIEBANG_SERVICES_PUBLICLIST_DOMAIN_NAMES_H_

#include <string>

#include "absl/status/statusor.h"

namespace jiebang::publiclist {

// lists/{list}
struct ListName {
  std::string id;

  static absl::StatusOr<ListName> Parse(const std::string& name, const std::string& field);
  // The name with this id. INVALID_ARGUMENT as Parse.
  static absl::StatusOr<ListName> WithId(const std::string& id, const std::string& field);
  std::string ToString() const;
};

// An entry's id in its list, six digits, and its name `lists/{list}/entries/{entry}`.
std::string EntryId(int number);
std::string EntryName(const ListName& list, int number);

// programmes/{programme}/tracks/{track}/rounds/{round}
struct RoundName {
  std::string programme;
  std::string track;
  std::string round;

  static absl::StatusOr<RoundName> Parse(const std::string& name, const std::string& field);
  std::string ToString() const;
};

// The programme's id in `programmes/{programme}`.
absl::StatusOr<std::string> ParseProgrammeName(const std::string& name, const std::string& field);

// applicants/{applicant}
struct ApplicantName {
  std::string uscc;

  static absl::StatusOr<ApplicantName> Parse(const std::string& name, const std::string& field);
  std::string ToString() const;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_DOMAIN_NAMES_H_
