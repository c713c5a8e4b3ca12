#include <string>

#include "absl/strings/str_cat.h"
#include "common/policy/policy.h"
#include "common/testing/error_matchers.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"

namespace jiebang::policy {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// A method with these options, whose request has fields of every kind that a resource may, or may not, name.
ProtoSource Contract(const std::string& options) {
  return ProtoSource(absl::StrCat(R"(
    message Seat { string name = 1; }
    message Request {
      string name = 1;
      Seat seat = 2;
      repeated string names = 3;
      repeated Seat seats = 4;
      int32 number = 5;
      bytes image = 6;
      string request_id = 7;
    }
    message Query { string name = 1; }
    service Seats {
      rpc Take(Request) returns (Seat) { )",
                                  options, R"( }
      rpc Look(Query) returns (Seat) { )",
                                  options, R"( }
    })"));
}

std::string PolicyText(const std::string& text) {
  return absl::StrCat("option (jiebang.options.v1.policy) = {", text, "};");
}

class SensiblePolicy : public testing::TestWithParam<std::string> {};

TEST_P(SensiblePolicy, IsGiven) {
  const ProtoSource contract = Contract(GetParam());
  ASSERT_OK_AND_ASSIGN(const MethodPolicy* policy, PolicyOf(contract.Method("Seats.Take")));
  EXPECT_GT(policy->roles_size(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Policies, SensiblePolicy,
    testing::Values(PolicyText("roles: ROLE_UNIT resource: 'name'"),
                    PolicyText("roles: [ROLE_UNIT, ROLE_MINISTRY] resource: 'seat.name'"),
                    PolicyText("roles: ROLE_MINISTRY resource: 'name'"),
                    PolicyText("roles: ROLE_PUBLIC resource: 'name' resource_free: true"),
                    PolicyText("roles: ROLE_UNIT resource: 'names'") + "option idempotency_level = NO_SIDE_EFFECTS;",
                    PolicyText("roles: ROLE_UNIT resource_free: true") + "option idempotency_level = NO_SIDE_EFFECTS;",
                    PolicyText("roles: ROLE_MINISTRY") + "option idempotency_level = NO_SIDE_EFFECTS;"));

struct Mistake {
  std::string options;
  std::string why;
};

class SenselessPolicy : public testing::TestWithParam<Mistake> {};

TEST_P(SenselessPolicy, IsRefusedWithTheMethodsName) {
  const ProtoSource contract = Contract(GetParam().options);
  const auto result = PolicyOf(contract.Method("Seats.Take"));
  EXPECT_THAT(result, IsRefusal(absl::StatusCode::kFailedPrecondition, "METHOD_POLICY_SENSELESS"));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr("test.Seats.Take"), HasSubstr(GetParam().why))));
}

INSTANTIATE_TEST_SUITE_P(
    Policies, SenselessPolicy,
    testing::Values(Mistake{"", "no policy"}, Mistake{PolicyText("resource: 'name'"), "no role"},
                    Mistake{PolicyText("roles: ROLE_UNSPECIFIED resource: 'name'"), "unspecified"},
                    Mistake{PolicyText("roles: [ROLE_MINISTRY, ROLE_UNSPECIFIED] resource: 'name'"), "unspecified"},
                    Mistake{PolicyText("roles: ROLE_APPLICANT"), "owners"},
                    Mistake{PolicyText("roles: ROLE_UNIT"), "owners"},
                    Mistake{PolicyText("roles: [ROLE_MINISTRY, ROLE_EXPERT]"), "owners"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'nam'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'seat'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'seat.'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'name.name'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'names'"), "several resources"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource: 'seats.name'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_MINISTRY resource: 'number'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_MINISTRY resource: 'image'"), "no string field"},
                    Mistake{PolicyText("roles: ROLE_UNIT resource_free: true"), "request_id"},
                    Mistake{PolicyText("roles: ROLE_MINISTRY"), "request_id"}));

TEST(PolicyOf, AsksForNoResourceWhereThereIsNoRequestId) {
  const ProtoSource contract = Contract(PolicyText("roles: ROLE_UNIT resource_free: true"));
  EXPECT_THAT(PolicyOf(contract.Method("Seats.Look")), IsOk());
}

}  // namespace
}  // namespace jiebang::policy
