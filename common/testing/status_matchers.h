// GoogleTest matchers for absl::Status and absl::StatusOr (Debian's Abseil has none of them).
//
//   EXPECT_THAT(store.Apply(commit), IsOk());
//   EXPECT_THAT(Parse("3"), IsOkAndHolds(Gt(2)));
//   EXPECT_THAT(Parse("x"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("number")));
//   ASSERT_OK_AND_ASSIGN(const auto record, store.Get(key));
#ifndef JIEBANG_COMMON_TESTING_STATUS_MATCHERS_H_
#define JIEBANG_COMMON_TESTING_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace jiebang {
namespace testing_internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <class T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// Is a Status or StatusOr with this code, and a message that `message` takes.
class StatusIsMatcher {
 public:
  StatusIsMatcher(absl::StatusCode code, testing::Matcher<const std::string&> message)
      : code_(code), message_(std::move(message)) {}

  template <class T>
  bool MatchAndExplain(const T& actual, testing::MatchResultListener* listener) const {
    const absl::Status& status = StatusOf(actual);
    *listener << "whose status is " << status;
    return status.code() == code_ && message_.Matches(std::string(status.message()));
  }
  void DescribeTo(std::ostream* out) const {
    *out << "has the status " << code_ << " with a message that ";
    message_.DescribeTo(out);
  }
  void DescribeNegationTo(std::ostream* out) const {
    *out << "has not the status " << code_ << " with a message that ";
    message_.DescribeTo(out);
  }

 private:
  absl::StatusCode code_;
  testing::Matcher<const std::string&> message_;
};

// Is a StatusOr that holds a value that `inner` takes.
template <class Inner>
class IsOkAndHoldsMatcher {
 public:
  explicit IsOkAndHoldsMatcher(Inner inner) : inner_(std::move(inner)) {}

  template <class StatusOr>
  operator testing::Matcher<StatusOr>() const {  // NOLINT(google-explicit-constructor): how GoogleMock wants it
    return testing::Matcher<StatusOr>(new Typed<StatusOr>(inner_));
  }

 private:
  template <class StatusOr>
  class Typed : public testing::MatcherInterface<StatusOr> {
   public:
    using Value = typename std::remove_cvref_t<StatusOr>::value_type;

    explicit Typed(const Inner& inner) : inner_(testing::SafeMatcherCast<const Value&>(inner)) {}

    bool MatchAndExplain(StatusOr actual, testing::MatchResultListener* listener) const override {
      if (!actual.ok()) {
        *listener << "whose status is " << actual.status();
        return false;
      }
      *listener << "which holds " << testing::PrintToString(*actual) << " ";
      return inner_.MatchAndExplain(*actual, listener);
    }
    void DescribeTo(std::ostream* out) const override {
      *out << "is OK and holds a value that ";
      inner_.DescribeTo(out);
    }
    void DescribeNegationTo(std::ostream* out) const override {
      *out << "is not OK or holds a value that ";
      inner_.DescribeNegationTo(out);
    }

   private:
    testing::Matcher<const Value&> inner_;
  };

  Inner inner_;
};

}  // namespace testing_internal

inline auto StatusIs(absl::StatusCode code, testing::Matcher<const std::string&> message = testing::_) {
  return testing::MakePolymorphicMatcher(testing_internal::StatusIsMatcher(code, std::move(message)));
}

inline auto IsOk() { return StatusIs(absl::StatusCode::kOk); }

template <class Inner>
auto IsOkAndHolds(Inner inner) {
  return testing_internal::IsOkAndHoldsMatcher<Inner>(std::move(inner));
}

}  // namespace jiebang

#define JIEBANG_ASSERT_OK_AND_ASSIGN_AS(result, target, expression) \
  auto result = (expression);                                       \
  ASSERT_THAT(result, ::jiebang::IsOk());                           \
  target = *std::move(result)
#define JIEBANG_TESTING_CONCAT_INNER(a, b) a##b
#define JIEBANG_TESTING_CONCAT(a, b) JIEBANG_TESTING_CONCAT_INNER(a, b)

// Ends the test where the expression is no value; otherwise declares or sets `target`.
#define ASSERT_OK_AND_ASSIGN(target, expression) \
  JIEBANG_ASSERT_OK_AND_ASSIGN_AS(JIEBANG_TESTING_CONCAT(result_of_line_, __LINE__), target, expression)

#endif  // JIEBANG_COMMON_TESTING_STATUS_MATCHERS_H_
