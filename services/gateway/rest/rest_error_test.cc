#include "services/gateway/rest/rest_error.h"

#include "absl/strings/cord.h"
#include "common/errors/error.h"
#include "gmock/gmock.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "services/gateway/rest/testing/shelf.h"

namespace jiebang::gateway {
namespace {

using testing::HasSubstr;

TEST(RestErrorTest, HasTheShapeOfAip193) {
  const RestError error = RestError::Of(MalformedField("unit.name", "Wrong \"name\".", "名称错误", "NAME_MALFORMED"));
  EXPECT_EQ(error.http_status, 400);
  EXPECT_EQ(error.body,
            R"({"error":{"code":400,"message":"Wrong \"name\".","status":"INVALID_ARGUMENT","details":[)"
            R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"NAME_MALFORMED","domain":"jiebang"},)"
            R"({"@type":"type.googleapis.com/google.rpc.LocalizedMessage","locale":"zh-CN","message":"名称错误"},)"
            R"({"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"unit.name",)"
            R"("description":"Wrong \"name\". 名称错误"}]}]}})");
  EXPECT_EQ(error.allow, "");
  EXPECT_EQ(error.retry_after, "");
}

TEST(RestErrorTest, HasTheStatusOfHttp) {
  const std::pair<absl::Status, int> cases[] = {
      {absl::NotFoundError("x"), 404},        {absl::PermissionDeniedError("x"), 403},
      {absl::UnauthenticatedError("x"), 401}, {absl::AlreadyExistsError("x"), 409},
      {absl::AbortedError("x"), 409},         {absl::FailedPreconditionError("x"), 400},
      {absl::OutOfRangeError("x"), 400},      {absl::ResourceExhaustedError("x"), 429},
      {absl::UnavailableError("x"), 503},     {absl::DeadlineExceededError("x"), 504},
      {absl::UnimplementedError("x"), 501},   {absl::InternalError("x"), 500},
      {absl::DataLossError("x"), 500},        {absl::UnknownError("x"), 500},
      {absl::CancelledError("x"), 499},
  };
  for (const auto& [status, http_status] : cases) {
    EXPECT_EQ(RestError::Of(status).http_status, http_status) << status;
  }
}

TEST(RestErrorTest, WritesAStatusWithoutDetails) {
  EXPECT_EQ(RestError::Of(absl::NotFoundError("x")).body,
            R"({"error":{"code":404,"message":"x","status":"NOT_FOUND","details":[]}})");
  EXPECT_THAT(RestError::Of(absl::Status(static_cast<absl::StatusCode>(77), "x")).body, HasSubstr(R"("UNKNOWN")"));
}

TEST(RestErrorTest, LeavesOutADetailThatNobodyKnows) {
  google::rpc::Status details;
  details.add_details()->set_type_url("type.googleapis.com/no.such.Type");
  details.mutable_details(0)->set_value("x");
  absl::Status status = absl::NotFoundError("x");
  status.SetPayload(kDetailsUrl, absl::Cord(details.SerializeAsString()));
  EXPECT_THAT(RestError::Of(status).body, HasSubstr(R"("details":[])"));
}

TEST(RestErrorTest, SaysWhichMethodsThePathHas) {
  const RestError error = RestError::Of(Shelf().Match("PUT", "/v1/shelves/a/books/b").status());
  EXPECT_EQ(error.http_status, 405);
  EXPECT_EQ(error.allow, "DELETE, GET, PATCH");
}

TEST(RestErrorTest, SaysWhenToComeAgain) {
  const auto after = [](absl::Duration delay) {
    return RestError::Of(
               Refusal{.code = absl::StatusCode::kUnavailable, .reason = "R", .retry_after = delay}.ToStatus())
        .retry_after;
  };
  EXPECT_EQ(after(absl::Seconds(3)), "3");
  EXPECT_EQ(after(absl::Milliseconds(1)), "1");
  EXPECT_EQ(after(absl::ZeroDuration()), "0");
}

TEST(RestErrorTest, IsOneLine) {
  EXPECT_EQ(RestError::Of(absl::NotFoundError("a\nb")).body.find('\n'), std::string::npos);
  EXPECT_EQ(ResultLine("{}"), "{\"result\":{}}\n");
}

}  // namespace
}  // namespace jiebang::gateway
