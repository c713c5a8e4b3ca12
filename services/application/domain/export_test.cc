#include "services/application/domain/export.h"

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::application {
namespace {

const absl::Time kBegun = absl::FromUnixSeconds(1'693'000'000);

v1::KeptExport Begun() {
  v1::ExportApplicationsRequest request;
  request.set_parent("programmes/p/units/320000/applicants/-");
  return BeginExport(OperationName::Of("caller", "x"), "caller", request, kBegun);
}

v1::Application Large() {
  v1::Application application;
  application.set_title(std::string(1 << 20, 'a'));
  return application;
}

TEST(GoOn, AppendsPageAfterPageUntilNothingFollows) {
  ASSERT_OK_AND_ASSIGN(const ExportStep first, GoOn(Begun(), {Large()}, "next", kBegun));
  EXPECT_FALSE(first.kept.done());
  EXPECT_EQ(first.kept.position(), "next");
  EXPECT_EQ(first.kept.metadata().size_bytes(), static_cast<std::int64_t>(first.written.size()));
  ASSERT_OK_AND_ASSIGN(const ExportStep last, GoOn(first.kept, {}, "", kBegun));
  EXPECT_TRUE(last.kept.done());
  EXPECT_EQ(last.kept.metadata().exported_count(), 1);
  EXPECT_EQ(last.written, "");
}

TEST(GoOn, EndsWhatGrowsTooLarge) {
  v1::KeptExport kept = Begun();
  while (!kept.done()) {
    ASSERT_OK_AND_ASSIGN(ExportStep step, GoOn(kept, {Large()}, "next", kBegun));
    kept = step.kept;
    ASSERT_LE(kept.metadata().size_bytes(), kMostExportBytes);
  }
  EXPECT_EQ(kept.error().code(), static_cast<int>(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(kept.metadata().exported_count(), 63);
}

}  // namespace
}  // namespace jiebang::application
