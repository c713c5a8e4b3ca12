// The pure parts of the HTTP port's protocols.
#include "common/errors/error.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/http/connect/get_request.h"
#include "services/gateway/http/dialect.h"
#include "services/gateway/http/envelope.h"
#include "services/gateway/http/etag.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/http_status.h"
#include "services/gateway/http/timeout.h"

namespace jiebang::gateway {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(EnvelopeTest, ComeOutAsTheyWentInHoweverTheyAreCut) {
  const std::string bytes = Enveloped(0, "first") + Enveloped(Envelope::kCompressed, "") + Enveloped(2, "third");
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    EnvelopeReader reader(100);
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < bytes.size(); begin += piece) {
      reader.Add(bytes.substr(begin, piece));
      while (true) {
        const auto envelope = reader.Next();
        ASSERT_THAT(envelope.status(), IsOk());
        if (!*envelope) break;
        found.push_back(std::to_string((*envelope)->flags) + (*envelope)->bytes);
      }
    }
    EXPECT_THAT(found, testing::ElementsAre("0first", "1", "2third"));
    EXPECT_TRUE(reader.is_empty());
  }
}

TEST(EnvelopeTest, RefusesALongOneByItsPrefix) {
  EnvelopeReader reader(100);
  reader.Add(Enveloped(0, std::string(101, 'a')).substr(0, 5));
  EXPECT_THAT(reader.Next().status(), IsRefusal(absl::StatusCode::kResourceExhausted, "BODY_TOO_LONG"));
}

TEST(TimeoutTest, ReadsConnects) {
  EXPECT_EQ(ParseConnectTimeout("0"), absl::ZeroDuration());
  EXPECT_EQ(ParseConnectTimeout("9999999999"), absl::Milliseconds(9'999'999'999));
  for (const char* const text : {"", "12345678901", "-1", "1.5", "1s", " 1"}) {
    EXPECT_EQ(ParseConnectTimeout(text), std::nullopt) << text;
  }
}

TEST(TimeoutTest, ReadsGrpcs) {
  EXPECT_EQ(ParseGrpcTimeout("10S"), absl::Seconds(10));
  EXPECT_EQ(ParseGrpcTimeout("1H"), absl::Hours(1));
  EXPECT_EQ(ParseGrpcTimeout("250m"), absl::Milliseconds(250));
  EXPECT_EQ(ParseGrpcTimeout("1n"), absl::Nanoseconds(1));
  for (const char* const text : {"", "S", "10", "10s", "123456789S"}) {
    EXPECT_EQ(ParseGrpcTimeout(text), std::nullopt) << text;
  }
}

TEST(GetRequestTest, ReadsTheQuery) {
  const auto request = ParseGetRequest("message=%7B%7D&encoding=json&connect=v1&compression=gzip");
  ASSERT_THAT(request.status(), IsOk());
  EXPECT_EQ(request->message, "{}");
  EXPECT_EQ(request->codec, Codec::kJson);
  EXPECT_EQ(request->compression, "gzip");
}

TEST(GetRequestTest, ReadsBase64PaddedOrNot) {
  for (const char* const message : {"_-8", "_-8=", "_-8%3D"}) {
    const auto request = ParseGetRequest(std::string("encoding=proto&base64=1&message=") + message);
    ASSERT_THAT(request.status(), IsOk()) << message;
    EXPECT_EQ(request->message, "\xFF\xEF") << message;
  }
}

TEST(GetRequestTest, NamesWhatIsWrong) {
  for (const char* const query :
       {"", "encoding=json", "message=%7B%7D", "encoding=json&message=%7", "encoding=json&message=%zz",
        "encoding=json&base64=1&message=%", "connect=v2&encoding=json&message=%7B%7D"}) {
    EXPECT_THAT(ParseGetRequest(query).status(), IsRefusal(absl::StatusCode::kInvalidArgument, "QUERY_MALFORMED"))
        << query;
  }
  EXPECT_EQ(HttpStatusOf(ParseGetRequest("encoding=xml&message=a").status()), 415);
}

TEST(ConnectErrorTest, HasTheHttpStatusOfItsCode) {
  const std::pair<absl::StatusCode, int> statuses[] = {
      {absl::StatusCode::kCancelled, 499},          {absl::StatusCode::kUnknown, 500},
      {absl::StatusCode::kInvalidArgument, 400},    {absl::StatusCode::kDeadlineExceeded, 504},
      {absl::StatusCode::kNotFound, 404},           {absl::StatusCode::kAlreadyExists, 409},
      {absl::StatusCode::kPermissionDenied, 403},   {absl::StatusCode::kResourceExhausted, 429},
      {absl::StatusCode::kFailedPrecondition, 400}, {absl::StatusCode::kAborted, 409},
      {absl::StatusCode::kOutOfRange, 400},         {absl::StatusCode::kUnimplemented, 501},
      {absl::StatusCode::kInternal, 500},           {absl::StatusCode::kUnavailable, 503},
      {absl::StatusCode::kDataLoss, 500},           {absl::StatusCode::kUnauthenticated, 401}};
  for (const auto& [code, status] : statuses) {
    EXPECT_EQ(ConnectError(absl::Status(code, "x")).status, status) << absl::StatusCodeToString(code);
  }
}

TEST(ConnectErrorTest, HasTheDetailsAndWhenToCallAgain) {
  const absl::Status refusal = Refusal{.code = absl::StatusCode::kUnavailable,
                                       .reason = "BUSY",
                                       .en = "say \"later\"",
                                       .zh = "稍后",
                                       .retry_after = absl::Milliseconds(1'200)}
                                   .ToStatus();
  const http::Response response = ConnectError(refusal);
  EXPECT_THAT(response.body, AllOf(HasSubstr(R"("code":"unavailable","message":"say \"later\"")"),
                                   HasSubstr(R"({"type":"google.rpc.ErrorInfo","value":")"),
                                   HasSubstr(R"("debug":{"reason":"BUSY","domain":"jiebang"})"), HasSubstr("稍后"),
                                   Not(HasSubstr("=\","))));
  EXPECT_THAT(response.headers, testing::Contains(testing::Pair("Retry-After", "2")));
}

TEST(ConnectErrorTest, HasDetailsWhateverFailed) {
  EXPECT_THAT(ConnectErrorJson(absl::DeadlineExceededError("x")), HasSubstr(R"("reason":"DEADLINE_EXCEEDED")"));
}

TEST(DialectTest, WritesGrpcsTrailers) {
  const std::string end = Dialect{true, Codec::kProto}.End(absl::NotFoundError("no 揭榜 here"));
  EXPECT_EQ(end.front(), '\x80');
  EXPECT_THAT(end, AllOf(HasSubstr("grpc-status: 5\r\n"), HasSubstr("grpc-message: no %E6%8F%AD%E6%A6%9C here\r\n"),
                         HasSubstr("grpc-status-details-bin: ")));
}

TEST(GzipTest, GivesBackWhatWentIn) {
  for (const std::size_t size : {0U, 1U, 1'000U, 16'384U, 1'000'000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(*Decompress(Compress(text), size), text);
    if (size == 0) continue;
    EXPECT_THAT(Decompress(Compress(text), size - 1).status(), StatusIs(absl::StatusCode::kOutOfRange));
  }
  EXPECT_EQ(*Decompress("", 10), "") << "Connect: nothing is not decompressed";
}

TEST(GzipTest, RefusesWhatIsCutOrLongerThanItsEnd) {
  const std::string gzip = Compress("text");
  EXPECT_THAT(Decompress(gzip.substr(0, gzip.size() - 1), 10).status(), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Decompress(gzip + "x", 10).status(), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(GzipTest, ReadsWhatAClientAccepts) {
  EXPECT_TRUE(TakesGzip("gzip"));
  EXPECT_TRUE(TakesGzip("br, GZIP;q=0.5"));
  EXPECT_FALSE(TakesGzip("br"));
  EXPECT_FALSE(TakesGzip("gzip;q=0"));
  EXPECT_FALSE(TakesGzip(""));
}

TEST(EtagTest, IsForTheBytesAndTheirForm) {
  EXPECT_EQ(EtagOf("a", false), EtagOf("a", false));
  EXPECT_NE(EtagOf("a", false), EtagOf("b", false));
  EXPECT_NE(EtagOf("a", false), EtagOf("a", true));
  EXPECT_TRUE(EtagMatches(R"("x", W/"y")", R"("y")"));
  EXPECT_TRUE(EtagMatches("*", R"("y")"));
  EXPECT_FALSE(EtagMatches(R"("x")", R"("y")"));
}

}  // namespace
}  // namespace jiebang::gateway
