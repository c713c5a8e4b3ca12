#include "common/testing/error_matchers.h"

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "google/rpc/error_details.pb.h"

namespace jiebang::testing_internal {
namespace {

// A violation of any of the three kinds.
struct Named {
  std::string subject;
  std::string text;
};

std::vector<Named> ViolationsOf(const absl::Status& status) {
  const auto details = DetailsOf(status);
  if (!details) return {};
  std::vector<Named> all;
  if (const auto bad_request = DetailOf<google::rpc::BadRequest>(*details)) {
    for (const auto& violation : bad_request->field_violations())
      all.push_back({violation.field(), violation.description()});
  }
  if (const auto failure = DetailOf<google::rpc::PreconditionFailure>(*details)) {
    for (const auto& violation : failure->violations()) {
      all.push_back({violation.subject(), absl::StrCat(violation.type(), ": ", violation.description())});
    }
  }
  if (const auto failure = DetailOf<google::rpc::QuotaFailure>(*details)) {
    for (const auto& violation : failure->violations()) all.push_back({violation.subject(), violation.description()});
  }
  return all;
}

}  // namespace

std::string Explain(const absl::Status& status) {
  if (status.ok()) return "OK";
  std::string text =
      absl::StrCat(absl::StatusCodeToString(status.code()), " ", ReasonOf(status), " (", status.message(), ")");
  for (const Named& violation : ViolationsOf(status))
    absl::StrAppend(&text, "\n  ", violation.subject, " — ", violation.text);
  return text;
}

bool HasReason(const absl::Status& status, absl::StatusCode code, const std::string& reason) {
  return status.code() == code && ReasonOf(status) == reason;
}

bool NamesViolation(const absl::Status& status, const std::string& subject, const std::string& clause) {
  for (const Named& violation : ViolationsOf(status)) {
    if (violation.subject == subject && absl::StrContains(violation.text, clause)) return true;
  }
  return false;
}

}  // namespace jiebang::testing_internal
