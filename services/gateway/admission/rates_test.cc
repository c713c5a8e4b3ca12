#include "services/gateway/admission/rates.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

identity::v1::Principal With(std::initializer_list<options::v1::Role> roles) {
  identity::v1::Principal principal;
  for (const options::v1::Role role : roles) principal.add_roles(role);
  return principal;
}

TEST(RatesTest, ACallerHasTheHighestRateOfItsRoles) {
  Rates rates;
  ASSERT_THAT(rates.Set("expert=3:5"), IsOk());
  ASSERT_THAT(rates.Set("unit=7.5:9"), IsOk());
  EXPECT_EQ(rates.Of(With({options::v1::ROLE_EXPERT})).per_second, 3);
  EXPECT_EQ(rates.Of(With({options::v1::ROLE_EXPERT, options::v1::ROLE_UNIT})).per_second, 7.5);
  EXPECT_EQ(rates.Of(With({options::v1::ROLE_UNIT, options::v1::ROLE_EXPERT})).burst, 9);
}

TEST(RatesTest, WhoHasNoCredentialsHasTheRateOfThePublic) {
  Rates rates;
  ASSERT_THAT(rates.Set("public=11:11"), IsOk());
  EXPECT_EQ(rates.Of(With({})).per_second, 11);
}

TEST(RatesTest, APlatformThatActsForAnEnterpriseHasTheRateOfAUnit) {
  Rates rates;
  ASSERT_THAT(rates.Set("unit=13:13"), IsOk());
  identity::v1::Principal principal = With({options::v1::ROLE_APPLICANT});
  principal.set_acting_platform("platform-jiangsu");
  EXPECT_EQ(rates.Of(principal).per_second, 13);
}

TEST(RatesTest, RefusesWhatIsNoRate) {
  for (const char* text : {"", "ministry", "ministry=5", "ministry=:5", "ministry=5:", "ministry=0:5", "ministry=5:0.5",
                           "ministry=-1:5", "ministry=nan:5", "unspecified=5:5", "nobody=5:5", "=5:5", "5:5=unit"}) {
    EXPECT_THAT(Rates().Set(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

TEST(RatesTest, CountsAnIpv6NetworkAsOneCaller) {
  EXPECT_EQ(NetworkOf("2001:db8::7"), NetworkOf("2001:db8:0:0:ffff::8"));
  EXPECT_NE(NetworkOf("2001:db8::7"), NetworkOf("2001:db8:0:1::7"));
  EXPECT_NE(NetworkOf("192.0.2.7"), NetworkOf("192.0.2.8"));
  EXPECT_NE(NetworkOf("::ffff:192.0.2.7"), NetworkOf("::ffff:192.0.2.8"));
}

}  // namespace
}  // namespace jiebang::gateway
