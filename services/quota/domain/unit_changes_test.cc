#include "services/quota/domain/unit_changes.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::quota {
namespace {

using absl::StatusCode;

const absl::Time kNow = absl::FromUnixSeconds(1'690'000'000);

v1::Unit Jiangsu() {
  v1::Unit unit;
  unit.set_name("units/320000");
  unit.set_display_name("江苏省");
  unit.set_category("province");
  unit.set_region_code("320000");
  return unit;
}

TEST(NewUnitTest, RefusesNamesParentsAndAttributesThatCannotBe) {
  v1::Unit upper = Jiangsu();
  upper.set_name("units/JIANGSU");
  EXPECT_THAT(NewUnit(upper, kNow), IsRefusal(StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));

  v1::Unit own_parent = Jiangsu();
  own_parent.set_parent(own_parent.name());
  EXPECT_THAT(NewUnit(own_parent, kNow), IsRefusal(StatusCode::kInvalidArgument, "PARENT_CYCLE"));

  v1::Unit attribute = Jiangsu();
  (*attribute.mutable_attributes())["Projects"] = 1;
  EXPECT_THAT(NewUnit(attribute, kNow), IsRefusal(StatusCode::kInvalidArgument, "ATTRIBUTE_MALFORMED"));
}

TEST(ChangedUnitTest, TakesTheFieldsOfTheMask) {
  v1::Unit wanted;
  wanted.set_display_name("苏");
  (*wanted.mutable_attributes())["cumulative_provincial_projects"] = 301;
  google::protobuf::FieldMask mask;
  mask.add_paths("attributes");
  mask.add_paths("aliases");

  v1::Unit present = Jiangsu();
  present.add_aliases("江苏");
  ASSERT_OK_AND_ASSIGN(const v1::Unit changed, ChangedUnit(present, wanted, mask, kNow));

  EXPECT_EQ(changed.display_name(), "江苏省");
  EXPECT_EQ(changed.attributes().at("cumulative_provincial_projects"), 301);
  EXPECT_TRUE(changed.aliases().empty());
}

TEST(ChangedUnitTest, WithoutAMaskTakesWhatIsSet) {
  v1::Unit wanted;
  wanted.set_display_name("江苏");

  v1::Unit present = Jiangsu();
  present.add_aliases("苏");
  ASSERT_OK_AND_ASSIGN(const v1::Unit changed, ChangedUnit(present, wanted, {}, kNow));

  EXPECT_EQ(changed.display_name(), "江苏");
  EXPECT_EQ(changed.aliases_size(), 1);
}

TEST(ChangedUnitTest, RefusesFieldsThatNeverChange) {
  google::protobuf::FieldMask mask;
  mask.add_paths("parent");

  EXPECT_THAT(ChangedUnit(Jiangsu(), Jiangsu(), mask, kNow),
              IsRefusal(StatusCode::kInvalidArgument, "FIELD_MASK_MALFORMED"));
}

TEST(ChangedUnitTest, RefusesToLeaveAUnitWithoutName) {
  google::protobuf::FieldMask mask;
  mask.add_paths("display_name");

  EXPECT_THAT(ChangedUnit(Jiangsu(), v1::Unit(), mask, kNow),
              IsRefusal(StatusCode::kInvalidArgument, "DISPLAY_NAME_MISSING"));
}

}  // namespace
}  // namespace jiebang::quota
