// Exports from their beginning to their file, through every check and over a real store.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/errors/error_details.h"
#include "common/store/open.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "google/longrunning/operations.pb.h"
#include "gtest/gtest.h"
#include "jiebang/application/v1/export_service.pb.h"
#include "services/application/testing/bench.h"

namespace jiebang::application {
namespace {

using absl::StatusCode;
using google::longrunning::Operation;
using options::v1::ROLE_MINISTRY;
using options::v1::ROLE_UNIT;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PartsTaken : public rpc::MessageWriter {
 public:
  Task<bool> Write(const google::protobuf::Message& message) override {
    v1::DownloadExportResponse part;
    part.CopyFrom(message);
    text += part.data();
    co_return true;
  }
  bool ended() const override { return false; }

  std::string text;
};

class ExportsTest : public testing::Test {
 protected:
  // Imported as drafts and filed one by one, each of an applicant of its own track.
  void File(const std::string& id, const std::string& unit = "320000", const std::string& title = "") {
    v1::ImportApplicationsRequest item;
    item.set_item_id(absl::StrCat(unit, "-", id));
    item.set_parent(absl::StrCat("programmes/pilot-2023/units/", unit, "/applicants/", kTestUscc));
    item.set_application_id(id);
    *item.mutable_applicant() = TestApplicant();
    *item.mutable_application() = TestApplication();
    item.mutable_application()->set_track("factory");
    if (!title.empty()) item.mutable_application()->set_title(title);
    item.set_submit(true);
    bench_.peers.unit = RoutedUnit{.id = unit, .name_zh = unit};
    const auto exchanged = bench_.Exchange<v1::ImportApplicationsResponse>(
        "ImportApplications", Caller(ROLE_MINISTRY), std::vector<v1::ImportApplicationsRequest>{item});
    ASSERT_FALSE(exchanged.responses.front().has_error()) << exchanged.responses.front().ShortDebugString();
  }

  static v1::ExportApplicationsRequest RequestFor(const std::string& unit, const std::string& id = "") {
    v1::ExportApplicationsRequest request;
    request.set_parent(absl::StrCat("programmes/pilot-2023/units/", unit, "/applicants/-"));
    request.set_operation_id(id);
    return request;
  }
  absl::StatusOr<Operation> Begin(const v1::ExportApplicationsRequest& request,
                                  options::v1::Role role = ROLE_MINISTRY) {
    return bench_.exports().Ask<Operation>("ExportApplications", Caller(role), request);
  }
  template <class Request>
  absl::StatusOr<Operation> Ask(const std::string& method, const std::string& name,
                                options::v1::Role role = ROLE_MINISTRY) {
    Request request;
    request.set_name(name);
    return bench_.exports().Ask<Operation>(method, Caller(role), request);
  }
  absl::StatusOr<Operation> Get(const std::string& name, options::v1::Role role = ROLE_MINISTRY) {
    return Ask<v1::GetOperationRequest>("GetOperation", name, role);
  }
  absl::StatusOr<std::string> Download(const std::string& name, std::int64_t offset = 0) {
    v1::DownloadExportRequest request;
    request.set_name(name);
    request.set_read_offset(offset);
    PartsTaken taken;
    const absl::Status ended = bench_.exports().Stream("DownloadExport", Caller(ROLE_MINISTRY), request, taken);
    if (!ended.ok()) return ended;
    return taken.text;
  }
  absl::Status Delete(const std::string& name) {
    v1::DeleteOperationRequest request;
    request.set_name(name);
    return bench_.exports()
        .Ask<v1::DeleteOperationResponse>("DeleteOperation", Caller(ROLE_MINISTRY), request)
        .status();
  }
  void RunAll() {
    while (bench_.ExportRound()) {
    }
  }

  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::Open(absl::StrCat("sqlite:", (directory_.path() / "a.db").string()));
  Bench bench_{*store_};
};

TEST_F(ExportsTest, LeavesAFileOfAllUnits) {
  File("a");
  File("b", "330000");
  ASSERT_OK_AND_ASSIGN(const Operation begun, Begin(RequestFor("-")));
  EXPECT_FALSE(begun.done());
  EXPECT_THAT(Download(begun.name()), IsRefusal(StatusCode::kFailedPrecondition, "EXPORT_NOT_READY"));
  RunAll();
  ASSERT_OK_AND_ASSIGN(const Operation done, Get(begun.name()));
  ASSERT_TRUE(done.done());
  v1::ExportApplicationsResponse response;
  ASSERT_TRUE(done.response().UnpackTo(&response));
  EXPECT_EQ(response.exported_count(), 2);
  EXPECT_EQ(response.file_name(), "pilot-2023.ndjson");
  v1::ExportApplicationsMetadata metadata;
  ASSERT_TRUE(done.metadata().UnpackTo(&metadata));
  EXPECT_EQ(metadata.estimated_count(), 2);
  EXPECT_EQ(metadata.exported_count(), 2);
  EXPECT_EQ(metadata.size_bytes(), response.size_bytes());

  ASSERT_OK_AND_ASSIGN(const std::string file, Download(begun.name()));
  EXPECT_EQ(static_cast<std::int64_t>(file.size()), response.size_bytes());
  EXPECT_THAT(file, AllOf(HasSubstr("units/320000/applicants"), HasSubstr("units/330000/applicants")));
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 2);
  for (const std::int64_t offset : {std::int64_t{1}, response.size_bytes() / 2, response.size_bytes()}) {
    EXPECT_EQ(*Download(begun.name(), offset), file.substr(static_cast<std::size_t>(offset)));
  }
  EXPECT_THAT(Download(begun.name(), response.size_bytes() + 1),
              IsRefusal(StatusCode::kOutOfRange, "OFFSET_BEYOND_END"));
}

TEST_F(ExportsTest, WritesRowsThatASpreadsheetReadsAndDoesNotCompute) {
  File("a", "320000", "=cmd|' /C calc'!A0 \"甲\"");
  v1::ExportApplicationsRequest request = RequestFor("320000");
  request.set_format(v1::ExportApplicationsRequest::FORMAT_CSV);
  ASSERT_OK_AND_ASSIGN(const Operation begun, Begin(request));
  RunAll();
  const std::string file = *Download(begun.name());
  EXPECT_THAT(file, StartsWith("\xEF\xBB\xBF\"申报名称标识\",\"推荐单位\""));
  EXPECT_THAT(file, HasSubstr(",\"'=cmd|' /C calc'!A0 \"\"甲\"\"\","));
  EXPECT_THAT(file, HasSubstr("\"已提交\",\"1\",\"2023-08-20 09:00:00\""));
}

TEST_F(ExportsTest, BelongsToItsCallerAlone) {
  EXPECT_THAT(Begin(RequestFor("-"), ROLE_UNIT), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  EXPECT_THAT(Begin(RequestFor("330000"), ROLE_UNIT), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  ASSERT_THAT(Begin(RequestFor("320000"), ROLE_UNIT), IsOk());
  ASSERT_OK_AND_ASSIGN(const Operation all, Begin(RequestFor("-")));
  // The same subject, as a unit: what it may not ask for, it may not have.
  EXPECT_THAT(Get(all.name(), ROLE_UNIT), IsRefusal(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
  identity::v1::Principal other = Caller(ROLE_MINISTRY);
  other.set_subject("somebody else");
  v1::GetOperationRequest request;
  request.set_name(all.name());
  EXPECT_THAT(bench_.exports().Ask<Operation>("GetOperation", other, request),
              IsRefusal(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
  const auto listed =
      bench_.exports().Ask<v1::ListOperationsResponse>("ListOperations", other, v1::ListOperationsRequest());
  EXPECT_EQ(listed->operations_size(), 0);
}

TEST_F(ExportsTest, BeginsOnceWithOneId) {
  ASSERT_OK_AND_ASSIGN(const Operation first, Begin(RequestFor("-", "nightly")));
  EXPECT_EQ(Begin(RequestFor("-", "nightly"))->name(), first.name());
  EXPECT_THAT(Begin(RequestFor("320000", "nightly")), IsRefusal(StatusCode::kAlreadyExists, "EXPORT_EXISTS"));
}

TEST_F(ExportsTest, IsOneOfFiveAtMost) {
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) names.push_back(Begin(RequestFor("-"))->name());
  EXPECT_THAT(Begin(RequestFor("-")), IsRefusal(StatusCode::kFailedPrecondition, "TOO_MANY_EXPORTS"));
  EXPECT_THAT(Delete(names[0]), IsRefusal(StatusCode::kFailedPrecondition, "OPERATION_RUNNING"));
  RunAll();
  EXPECT_THAT(Delete(names[0]), IsOk());
  EXPECT_THAT(Get(names[0]), IsRefusal(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
  EXPECT_THAT(Begin(RequestFor("-")), IsOk());
}

TEST_F(ExportsTest, EndsWhenItIsCancelled) {
  File("a");
  ASSERT_OK_AND_ASSIGN(const Operation begun, Begin(RequestFor("-")));
  ASSERT_OK_AND_ASSIGN(const Operation cancelled, Ask<v1::CancelOperationRequest>("CancelOperation", begun.name()));
  EXPECT_TRUE(cancelled.done());
  EXPECT_EQ(cancelled.error().code(), static_cast<int>(StatusCode::kCancelled));
  EXPECT_FALSE(bench_.ExportRound()) << "nobody works on it any more";
  EXPECT_THAT(Download(begun.name()), IsRefusal(StatusCode::kFailedPrecondition, "EXPORT_NOT_READY"));
  EXPECT_THAT(Ask<v1::CancelOperationRequest>("CancelOperation", begun.name()), IsOk()) << "and again";
}

TEST_F(ExportsTest, IsGoneOnWithByAnotherProcess) {
  for (int i = 0; i < 3; ++i) File(absl::StrCat("a", i), absl::StrCat(310000 + 10000 * i));
  ASSERT_OK_AND_ASSIGN(const Operation begun, Begin(RequestFor("-", "x")));
  Bench other(*store_);
  while (bench_.ExportRound() || other.ExportRound()) {
  }
  EXPECT_TRUE(Get(begun.name())->done());
  const std::string file = *Download(begun.name());
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 3);
}

TEST_F(ExportsTest, IsTakenAwayAfterSevenDays) {
  File("a");
  ASSERT_OK_AND_ASSIGN(const Operation begun, Begin(RequestFor("-")));
  RunAll();
  bench_.clock.Advance(absl::Hours(24 * 7) - absl::Seconds(1));
  bench_.RemoveExpiredExports();
  EXPECT_THAT(Download(begun.name()), IsOk());
  bench_.clock.Advance(absl::Seconds(1));
  bench_.RemoveExpiredExports();
  EXPECT_THAT(Get(begun.name()), IsRefusal(StatusCode::kNotFound, "OPERATION_NOT_FOUND"));
}

}  // namespace
}  // namespace jiebang::application
