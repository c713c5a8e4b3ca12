#include "services/review/domain/registration.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kGoodUscc[] = "91512081MA62K0260E";
// In use, though its check character should be 9.
constexpr char kUsccInUseWithWrongCheck[] = "91350203M0001QAY9B";

v1::Expert Asked() {
  v1::Expert expert;
  expert.set_name("experts/e-1");
  expert.set_display_name("张三");
  expert.set_employer("清华大学");
  return expert;
}

absl::StatusOr<Registration> Registered(const v1::Expert& expert, bool by_ministry = false) {
  return RegisterExpert(expert, by_ministry, absl::FromUnixSeconds(1'700'000'000));
}

TEST(Registration, KeepsWhatIsAskedAndSaysWhen) {
  v1::Expert expert = Asked();
  expert.set_unit("units/320000");
  expert.set_etag("77");
  ASSERT_OK_AND_ASSIGN(const Registration registration, Registered(expert));
  EXPECT_EQ(registration.expert.unit(), "units/320000");
  EXPECT_EQ(registration.expert.etag(), "");
  EXPECT_EQ(registration.expert.create_time().seconds(), 1'700'000'000);
  EXPECT_THAT(registration.usccs_by_exception, IsEmpty());
}

TEST(Registration, RefusesNamesThatAreNone) {
  v1::Expert expert = Asked();
  expert.set_name("experts/Zhang");
  EXPECT_THAT(Registered(expert), IsRefusal(absl::StatusCode::kInvalidArgument, "FIELD_MALFORMED"));
  expert.set_name("units/e");
  EXPECT_THAT(Registered(expert), IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
  expert = Asked();
  expert.set_unit("320000");
  EXPECT_THAT(Registered(expert), IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
}

TEST(Registration, WritesCodesAsTheyAreCompared) {
  v1::Expert expert = Asked();
  expert.add_conflict_usccs("91512081ma62k0260e");
  ASSERT_OK_AND_ASSIGN(const Registration registration, Registered(expert));
  EXPECT_THAT(registration.expert.conflict_usccs(), ElementsAre(kGoodUscc));
}

TEST(Registration, AConflictWithATypingErrorWouldBeVoid) {
  v1::Expert expert = Asked();
  expert.add_conflict_usccs(kGoodUscc);
  expert.add_conflict_usccs("91512081MA62K0261E");
  EXPECT_THAT(Registered(expert), IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"));
  EXPECT_THAT(Registered(expert), HasViolation("expert.conflict_usccs[1]", ""));
  expert = Asked();
  expert.set_employer_uscc("9151208");
  EXPECT_THAT(Registered(expert, /*by_ministry=*/true),
              IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"));
}

TEST(Registration, TheMinistryVouchesForACodeWithAWrongCheck) {
  v1::Expert expert = Asked();
  expert.set_employer_uscc(kUsccInUseWithWrongCheck);
  EXPECT_THAT(Registered(expert), IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"));
  ASSERT_OK_AND_ASSIGN(const Registration registration, Registered(expert, /*by_ministry=*/true));
  EXPECT_THAT(registration.usccs_by_exception, ElementsAre(kUsccInUseWithWrongCheck));
}

}  // namespace
}  // namespace jiebang::review
