#include "services/application/domain/applicant.h"

#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/application/testing/samples.h"

namespace jiebang::application {
namespace {

using absl::StatusCode;

const absl::Time kNow = absl::FromUnixSeconds(1'690'000'000);

v1::Applicant With(const std::string& uscc, const std::string& exception_reason = "") {
  v1::Applicant applicant = TestApplicant();
  applicant.set_name("applicants/" + uscc);
  applicant.set_uscc_exception_reason(exception_reason);
  return applicant;
}

// In use, although its check character should be 9.
constexpr char kWrongCheck[] = "91350203M0001QAY9B";

TEST(Register, ChecksTheCode) {
  EXPECT_THAT(Register(With(kTestUscc), Registrar::kApplicant, kNow), IsOk());
  for (const std::string wrong : {kWrongCheck, "91512081MA62K0260", "91512081ma62k0260e", "91512081MA62K026OE"}) {
    EXPECT_THAT(Register(With(wrong), Registrar::kApplicant, kNow),
                IsRefusal(StatusCode::kInvalidArgument, "USCC_MALFORMED"))
        << wrong;
    EXPECT_THAT(Register(With(wrong), Registrar::kMinistry, kNow),
                IsRefusal(StatusCode::kInvalidArgument, "USCC_MALFORMED"))
        << wrong << " without a reason";
  }
}

TEST(Register, LetsTheMinistryVouchForAWrongCheckCharacter) {
  ASSERT_OK_AND_ASSIGN(const v1::Applicant vouched,
                       Register(With(kWrongCheck, "营业执照原件核对"), Registrar::kMinistry, kNow));
  EXPECT_EQ(vouched.uscc_exception_reason(), "营业执照原件核对");
  EXPECT_THAT(Register(With(kWrongCheck, "原件"), Registrar::kApplicant, kNow),
              IsRefusal(StatusCode::kPermissionDenied, "USCC_EXCEPTION_NOT_ALLOWED"));
  EXPECT_THAT(Register(With("91512081MA62K0260", "原件"), Registrar::kMinistry, kNow),
              IsRefusal(StatusCode::kInvalidArgument, "USCC_MALFORMED"));
}

TEST(Register, KeepsAReasonOnlyWhereOneIsNeeded) {
  ASSERT_OK_AND_ASSIGN(const v1::Applicant right, Register(With(kTestUscc, "原件"), Registrar::kMinistry, kNow));
  EXPECT_EQ(right.uscc_exception_reason(), "");
}

TEST(Change, ClearsNothingThatRulesJudgeBy) {
  google::protobuf::FieldMask mask;
  mask.add_paths("region_code");
  const auto refused = Change(TestApplicant(), v1::Applicant(), mask, Registrar::kApplicant, kNow);
  EXPECT_THAT(refused, IsRefusal(StatusCode::kInvalidArgument, "APPLICANT_INCOMPLETE"));
  EXPECT_THAT(refused, HasViolation("applicant.region_code", "required"));
}

TEST(Change, LeavesNameAndTimesOfCreationAlone) {
  ASSERT_OK_AND_ASSIGN(const v1::Applicant present, Register(With(kTestUscc), Registrar::kApplicant, kNow));
  v1::Applicant asked = present;
  asked.set_display_name("新名称");
  asked.mutable_create_time()->set_seconds(1);

  ASSERT_OK_AND_ASSIGN(const v1::Applicant changed,
                       Change(present, asked, {}, Registrar::kApplicant, kNow + absl::Seconds(5)));

  EXPECT_EQ(changed.display_name(), "新名称");
  EXPECT_EQ(changed.create_time().seconds(), present.create_time().seconds());
  EXPECT_EQ(changed.update_time().seconds(), present.update_time().seconds() + 5);
}

TEST(Change, LeavesTheExceptionToTheMinistry) {
  ASSERT_OK_AND_ASSIGN(const v1::Applicant present, Register(With(kWrongCheck, "原件"), Registrar::kMinistry, kNow));
  v1::Applicant asked = present;
  asked.set_display_name("新名称");
  EXPECT_THAT(Change(present, asked, {}, Registrar::kApplicant, kNow), IsOk()) << "given back as it was read";
  asked.set_uscc_exception_reason("别的");
  EXPECT_THAT(Change(present, asked, {}, Registrar::kApplicant, kNow),
              IsRefusal(StatusCode::kPermissionDenied, "USCC_EXCEPTION_NOT_ALLOWED"));
  EXPECT_THAT(Change(present, asked, {}, Registrar::kMinistry, kNow), IsOk());
}

}  // namespace
}  // namespace jiebang::application
