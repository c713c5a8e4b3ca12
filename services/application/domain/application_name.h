// The names of applicants, applications and revisions.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICATION_NAME_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICATION_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::application {

// `applicants/{uscc}`.
struct ApplicantName {
  std::string uscc;

  static absl::StatusOr<ApplicantName> Parse(std::string_view text, std::string_view field = "name");
  std::string ToString() const;
};

// `programmes/{programme}/units/{unit}/applicants/{uscc}`: through whom and for whom. In a list "-" may stand for the
// unit and for the applicant.
struct ApplicationParent {
  std::string programme;
  std::string unit;
  std::string uscc;

  static absl::StatusOr<ApplicationParent> Parse(std::string_view text);
  static absl::StatusOr<ApplicationParent> ParseWithWildcards(std::string_view text);
  std::string ToString() const;

  bool names_every_unit() const { return unit == "-"; }
  bool names_every_applicant() const { return uscc == "-"; }

  friend bool operator==(const ApplicationParent&, const ApplicationParent&) = default;
};

// `{parent}/applications/{application}`.
struct ApplicationName {
  ApplicationParent parent;
  std::string application;

  static absl::StatusOr<ApplicationName> Parse(std::string_view text, std::string_view field = "name");
  std::string ToString() const;

  friend bool operator==(const ApplicationName&, const ApplicationName&) = default;
};

// `{application}/revisions/{1, 2, 3, ...}`.
struct RevisionName {
  ApplicationName application;
  int number = 0;

  static absl::StatusOr<RevisionName> Parse(std::string_view text);
  std::string ToString() const;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICATION_NAME_H_
