// GoogleTest matchers for refusals (common/errors), for absl::Status and absl::StatusOr alike.
//
//   EXPECT_THAT(Submit(draft), IsRefusal(absl::StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
//   EXPECT_THAT(Submit(draft), HasViolation("applicants/91…", "第三条"));
#ifndef JIEBANG_COMMON_TESTING_ERROR_MATCHERS_H_
#define JIEBANG_COMMON_TESTING_ERROR_MATCHERS_H_

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace jiebang {
namespace testing_internal {

inline const absl::Status& RefusalOf(const absl::Status& status) { return status; }
template <class T>
const absl::Status& RefusalOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// What the status says, with its reason and its violations, for the output of a failed test.
std::string Explain(const absl::Status& status);
bool HasReason(const absl::Status& status, absl::StatusCode code, const std::string& reason);
bool NamesViolation(const absl::Status& status, const std::string& subject, const std::string& clause);

class IsRefusalMatcher {
 public:
  IsRefusalMatcher(absl::StatusCode code, std::string reason) : code_(code), reason_(std::move(reason)) {}

  template <class T>
  bool MatchAndExplain(const T& actual, testing::MatchResultListener* listener) const {
    *listener << "which is " << Explain(RefusalOf(actual));
    return HasReason(RefusalOf(actual), code_, reason_);
  }
  void DescribeTo(std::ostream* out) const { *out << "is the refusal " << code_ << " " << reason_; }
  void DescribeNegationTo(std::ostream* out) const { *out << "is not the refusal " << code_ << " " << reason_; }

 private:
  absl::StatusCode code_;
  std::string reason_;
};

class HasViolationMatcher {
 public:
  HasViolationMatcher(std::string subject, std::string clause)
      : subject_(std::move(subject)), clause_(std::move(clause)) {}

  template <class T>
  bool MatchAndExplain(const T& actual, testing::MatchResultListener* listener) const {
    *listener << "which is " << Explain(RefusalOf(actual));
    return NamesViolation(RefusalOf(actual), subject_, clause_);
  }
  void DescribeTo(std::ostream* out) const {
    *out << "has a violation of " << subject_ << " with \"" << clause_ << "\"";
  }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "has no violation of " << subject_ << " with \"" << clause_ << "\"";
  }

 private:
  std::string subject_;
  std::string clause_;
};

}  // namespace testing_internal

// Is a refusal with this code and this reason.
inline auto IsRefusal(absl::StatusCode code, std::string reason) {
  return testing::MakePolymorphicMatcher(testing_internal::IsRefusalMatcher(code, std::move(reason)));
}

// Has a violation of this field (BadRequest) or subject (PreconditionFailure, QuotaFailure) whose type or description
// contains `clause`.
inline auto HasViolation(std::string field, std::string clause) {
  return testing::MakePolymorphicMatcher(testing_internal::HasViolationMatcher(std::move(field), std::move(clause)));
}

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_ERROR_MATCHERS_H_
