#include "common/field_mask/field_mask.h"

#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/field_mask.pb.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

constexpr std::string_view kChangeable[] = {"title", "seats", "notes"};

class FieldMaskTest : public testing::Test {
 protected:
  // What the target says after the source's fields of this mask were applied to it.
  std::string Applied(const std::string& mask, const std::string& source, const std::string& target) {
    google::protobuf::FieldMask paths;
    if (!mask.empty()) paths.add_paths(mask);
    const auto message = protos_.New("Hall", target);
    status_ = ApplyFieldMask(paths, kChangeable, *protos_.New("Hall", source), *message);
    return message->ShortDebugString();
  }

  absl::Status status_;

 private:
  const ProtoSource protos_{R"(message Hall { string name = 1; string title = 2; int32 seats = 3;
                                              repeated string notes = 4; })"};
};

TEST_F(FieldMaskTest, ChangesOnlyWhatItNames) {
  EXPECT_EQ(Applied("title", R"(name: "b" title: "new" seats: 9)", R"(name: "a" title: "old" seats: 1)"),
            R"(name: "a" title: "new" seats: 1)");
}

TEST_F(FieldMaskTest, ClearsWhatItNamesAndTheSourceHasNot) {
  EXPECT_EQ(Applied("seats", R"(title: "new")", R"(title: "old" seats: 1)"), R"(title: "old")");
}

TEST_F(FieldMaskTest, ReplacesRepeatedFieldsAsAWhole) {
  EXPECT_EQ(Applied("notes", R"(notes: "c")", R"(notes: "a" notes: "b")"), R"(notes: "c")");
}

TEST_F(FieldMaskTest, NamesWhatIsSetWhenEmpty) {
  EXPECT_EQ(Applied("", R"(name: "b" title: "new")", R"(name: "a" title: "old" seats: 1)"),
            R"(name: "a" title: "new" seats: 1)");
}

TEST_F(FieldMaskTest, NamesEverythingChangeableByAStar) {
  EXPECT_EQ(Applied("*", R"(name: "b" title: "new")", R"(name: "a" title: "old" seats: 1 notes: "x")"),
            R"(name: "a" title: "new")");
}

TEST_F(FieldMaskTest, RefusesWhatCannotBeChangedAndWhatDoesNotExist) {
  for (const std::string path : {"name", "colour", "title.text", ""}) {
    google::protobuf::FieldMask mask;
    mask.add_paths(path);
    const auto refused = ApplyFieldMask(mask, kChangeable, google::protobuf::FieldMask(), mask);
    EXPECT_THAT(refused, IsRefusal(absl::StatusCode::kInvalidArgument, "FIELD_MASK_MALFORMED")) << path;
  }
}

}  // namespace
}  // namespace jiebang
