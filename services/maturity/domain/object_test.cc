#include "services/maturity/domain/object.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/attachment.h"
#include "services/maturity/domain/references.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time kRegistered = absl::FromUnixSeconds(1'790'000'000);
const ObjectName kPlant{.applicant = {.uscc = "91512081MA62K0260E"}, .id = "plant"};

v1::AssessmentObject AskedObject() {
  v1::AssessmentObject object;
  object.set_title("一号工厂");
  object.set_kind(v1::AssessmentObject::KIND_PLANT);
  object.set_industry_code("3831");
  object.set_region_code("320500");
  object.set_size(v1::ENTERPRISE_SIZE_LARGE);
  return object;
}

TEST(ObjectTest, ChangesWhatTheMaskNames) {
  const v1::AssessmentObject object = *NewObject(kPlant, AskedObject(), kRegistered);
  v1::AssessmentObject change;
  change.set_group("91512081MA62K0260E");
  google::protobuf::FieldMask mask;
  mask.add_paths("group");

  ASSERT_OK_AND_ASSIGN(const v1::AssessmentObject changed, ChangedObject(object, change, mask, kRegistered));

  EXPECT_EQ(changed.group(), "91512081MA62K0260E");
  EXPECT_EQ(changed.title(), "一号工厂");
}

TEST(ObjectTest, AMaskCannotEmptyWhatIsRequired) {
  google::protobuf::FieldMask mask;
  mask.add_paths("title");
  mask.add_paths("industry_code");

  const auto changed = ChangedObject(*NewObject(kPlant, AskedObject(), kRegistered), {}, mask, kRegistered);

  EXPECT_THAT(changed, IsRefusal(absl::StatusCode::kInvalidArgument, "OBJECT_INCOMPLETE"));
  EXPECT_THAT(changed, HasViolation("object.title", "必填"));
  EXPECT_THAT(changed, HasViolation("object.industry_code", "必填"));
}

TEST(ObjectTest, AGroupIsAnEnterpriseThatThereMayBe) {
  v1::AssessmentObject asked = AskedObject();
  asked.set_group("91320000134755689B");

  EXPECT_THAT(NewObject(kPlant, asked, kRegistered), IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"));
}

TEST(AttachmentTest, IsWhatItSaysItIs) {
  const AttachmentName name{.assessment = {.applicant = kPlant.applicant, .id = "a"}, .id = "plan"};
  v1::Attachment asked;
  asked.set_title("规划.pdf");
  asked.set_media_type("application/pdf");

  ASSERT_OK_AND_ASSIGN(const v1::Attachment attachment, NewAttachment(name, asked, "%PDF-1.7 ...", kRegistered));
  EXPECT_EQ(attachment.size_bytes(), 12);
  EXPECT_EQ(attachment.sha256().size(), 64);

  EXPECT_THAT(NewAttachment(name, asked, "<html>", kRegistered),
              IsRefusal(absl::StatusCode::kInvalidArgument, "ATTACHMENT_TYPE_WRONG"));
  asked.set_media_type("text/html");
  EXPECT_THAT(NewAttachment(name, asked, "<html>", kRegistered),
              IsRefusal(absl::StatusCode::kInvalidArgument, "ATTACHMENT_TYPE_WRONG"));
}

constexpr char kLine[] =
    R"(lines { id: "a" title_zh: "全国" title_en: "National" date: "2022" source: "s"
               shares { from_level: 0 to_level: 1 permille: 630 } })";

absl::StatusOr<ReferenceLines> ReferencesIn(const std::string& text) {
  return ParseReferences({{.path = "r.textproto", .text = text}});
}

TEST(ReferencesTest, ThoseOfThePlaceAndIndustryFit) {
  ASSERT_OK_AND_ASSIGN(ReferenceLines lines, ReferencesIn(kLine));
  lines.push_back(lines[0]);
  lines[1].set_id("b");
  lines[1].set_province_code("320000");
  v1::PeerGroup group;
  group.set_province_code("440000");
  EXPECT_EQ(ReferencesFor(lines, group).size(), 1);

  group.set_province_code("320000");
  EXPECT_EQ(ReferencesFor(lines, group).size(), 2);
}

TEST(ReferencesTest, AFaultyLineIsRefused) {
  EXPECT_THAT(ReferencesIn(std::string(kLine) + kLine),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("twice")));
  EXPECT_THAT(ReferencesIn("lines { id: \"a\" }"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no source")));
  EXPECT_THAT(ReferencesIn("line {}"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("r.textproto:1")));
}

TEST(ReferencesTest, TheShippedOnesAreRead) {
  ASSERT_OK_AND_ASSIGN(const ReferenceLines lines, LoadReferencesOf(JIEBANG_MODELS));

  EXPECT_GE(lines.size(), 5);
}

}  // namespace
}  // namespace jiebang::maturity
