// The HTTP port of a gateway, as well-behaved clients and others meet it.
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/gateway.h"
#include "services/gateway/http/envelope.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/testing/parrot.h"
#include "services/gateway/http/testing/raw_client.h"

namespace jiebang::gateway {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kJson[] = "application/json";

template <class Condition>
bool Soon(const Condition& condition) {
  const absl::Time last_moment = absl::Now() + absl::Seconds(10);
  while (!condition()) {
    if (absl::Now() > last_moment) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

class HttpPortTest : public testing::Test {
 protected:
  HttpPortTest() {
    // Long enough for those who behave, short for those who wait for it.
    limits_.head_time = absl::Milliseconds(400);
    limits_.transfer_time = absl::Milliseconds(400);
    limits_.idle_time = absl::Seconds(1);
    limits_.tick = absl::Milliseconds(20);
  }
  ~HttpPortTest() override {
    if (gateway_) gateway_->Shutdown(absl::Seconds(5));
    service_->Shutdown(absl::Seconds(5));
  }

  int Port() {
    if (gateway_ == nullptr) {
      GatewayOptions options{.addresses = {AddressOf("gateway")},
                             .http_addresses = {"127.0.0.1:0"},
                             .allowed_origins = {"https://portal.example"},
                             .http_limits = limits_,
                             .seal = &seal_};
      options.backends.push_back({.service = kParrotService, .channel = rpc::ChannelTo(AddressOf("service"))});
      std::vector<token::VerifyingKey> keys{key_.verifying_key()};
      gateway_ = *Gateway::Start(std::move(options), token::BearerVerifier(std::move(keys), "issuer"));
    }
    return gateway_->http_port();
  }

  RawResponse Say(const std::string& text, const std::string& headers = "") {
    RawClient client(Port());
    client.Post("Say", kJson, absl::StrCat(R"({"text":")", text, R"("})"), headers);
    return client.Receive();
  }
  // What the port says to these bytes.
  RawResponse To(const std::string& bytes) {
    RawClient client(Port());
    client.Send(bytes);
    return client.Receive();
  }
  void ExpectServes() { EXPECT_EQ(Say("hello").body, R"({"text":"hello"})"); }

  std::string AddressOf(const std::string& name) const { return "unix:" + (directory_.path() / name).string(); }

  const TemporaryDirectory directory_;
  const token::SigningKey key_ = token::SigningKey::Generate();
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  http::Limits limits_;
  Parrot parrot_;
  std::unique_ptr<rpc::Server> service_ =
      *rpc::Server::Start({.addresses = {AddressOf("service")}, .clock = &clock_, .seal = &seal_}, {parrot_.Methods()});
  std::unique_ptr<Gateway> gateway_;
};

// --- who behaves

TEST_F(HttpPortTest, AnswersInJson) {
  const RawResponse response = Say("你好");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("content-type"), "application/json");
  EXPECT_EQ(response.body, R"({"text":"你好"})");
}

TEST_F(HttpPortTest, AnswersInBinary) {
  RawClient client(Port());
  client.Post("Say", "application/proto", "\n\2hi");
  EXPECT_EQ(client.Receive().body, "\n\2hi");
}

TEST_F(HttpPortTest, AnswersByRest) {
  RawClient client(Port());
  client.Get("/v1/parrot:say?text=hi");
  EXPECT_EQ(client.Receive().body, R"({"text":"hi"})");
}

TEST_F(HttpPortTest, TakesTheIdempotencyKeyForARequestIdThatIsNotThere) {
  EXPECT_EQ(Say("a", "Idempotency-Key: k1\r\n").body, R"({"text":"a","requestId":"k1"})");
  EXPECT_EQ(Say(R"(a","request_id":"own)", "Idempotency-Key: k1\r\n").body, R"({"text":"a","requestId":"own"})");
}

TEST_F(HttpPortTest, AnswersSeveralRequestsOfOneConnection) {
  RawClient client(Port());
  for (int i = 0; i < 100; ++i) {
    client.Post("Say", kJson, absl::StrCat(R"({"text":")", i, R"("})"));
    ASSERT_EQ(client.Receive().body, absl::StrCat(R"({"text":")", i, R"("})"));
  }
}

TEST_F(HttpPortTest, AnswersPipelinedRequestsInTheirOrder) {
  RawClient client(Port());
  std::string requests;
  for (int i = 0; i < 300; ++i)
    absl::StrAppend(&requests, "GET /v1/parrot:say?text=", i, " HTTP/1.1\r\nHost: x\r\n\r\n");
  std::jthread sender([&] { client.Send(requests); });
  for (int i = 0; i < 300; ++i) ASSERT_EQ(client.Receive().body, absl::StrCat(R"({"text":")", i, R"("})"));
}

TEST_F(HttpPortTest, ReadsABodyInChunks) {
  EXPECT_EQ(To("POST /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
               "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"te\r\n8;x=y\r\nxt\":\"a\"}\r\n0\r\nTrailer: z\r\n\r\n")
                .body,
            R"({"text":"a"})");
}

TEST_F(HttpPortTest, AsksForABodyThatWaitsForThat) {
  RawClient client(Port());
  client.Send(
      "POST /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n");
  EXPECT_EQ(client.Receive().status, 100);
  client.Send(R"({"text":"a"})");
  EXPECT_EQ(client.Receive().body, R"({"text":"a"})");
}

TEST_F(HttpPortTest, ReadsALargeBody) {
  const std::string text(3'000'000, 'a');
  RawClient client(Port());
  std::jthread sender([&] { client.Post("Say", kJson, absl::StrCat(R"({"text":")", text, R"("})")); });
  EXPECT_EQ(client.Receive().body, absl::StrCat(R"({"text":")", text, R"("})"));
}

TEST_F(HttpPortTest, CompressesAndDecompresses) {
  const std::string json = absl::StrCat(R"({"text":")", std::string(5'000, 'a'), R"("})");
  RawClient client(Port());
  client.Post("Say", kJson, Compress(json), "Content-Encoding: gzip\r\nAccept-Encoding: br, gzip;q=0.5\r\n");
  const RawResponse response = client.Receive();
  EXPECT_EQ(response.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(*Decompress(response.body, 10'000), json);
}

TEST_F(HttpPortTest, TellsAClientThatItHasTheAnswerAlready) {
  constexpr char kTarget[] =
      "/jiebang.parrot.v1.ParrotService/Say?connect=v1&encoding=json&base64=1&message=eyJ0ZXh0IjoiYSJ9";
  RawClient client(Port());
  client.Get(kTarget);
  const RawResponse first = client.Receive();
  EXPECT_EQ(first.body, R"({"text":"a"})");
  EXPECT_THAT(first.headers.at("cache-control"), StartsWith("public"));
  client.Get(kTarget, absl::StrCat("If-None-Match: ", first.headers.at("etag"), "\r\n"));
  const RawResponse second = client.Receive();
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.body, "");
  client.Get(kTarget, "If-None-Match: \"other\"\r\n");
  EXPECT_EQ(client.Receive().status, 200);
}

TEST_F(HttpPortTest, RefusesInJsonWithDetailsInBothLanguages) {
  const RawResponse response = Say("fail");
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, AllOf(StartsWith(R"({"code":"not_found","message":"no words","details":[)"),
                                   HasSubstr("PARROT_SILENT"), HasSubstr("无言")));
}

TEST_F(HttpPortTest, AdmitsByTheSamePolicyAsGrpc) {
  RawClient client(Port());
  client.Post("Whisper", kJson, "{}");
  EXPECT_EQ(client.Receive().status, 401);
  EXPECT_EQ(parrot_.begun(), 0);
}

TEST_F(HttpPortTest, EndsACallAtItsDeadline) {
  const RawResponse response = Say("wait", "Connect-Timeout-Ms: 50\r\n");
  EXPECT_EQ(response.status, 504);
  EXPECT_THAT(response.body, HasSubstr("deadline_exceeded"));
  EXPECT_EQ(Say("a", "Connect-Timeout-Ms: 12345678901\r\n").status, 400);
}

TEST_F(HttpPortTest, LetsPagesOfAllowedOriginsCall) {
  RawClient client(Port());
  const auto ask = [&client](const std::string& origin) {
    client.Send(absl::StrCat("OPTIONS /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\nOrigin: ", origin,
                             "\r\nAccess-Control-Request-Method: POST\r\n\r\n"));
    return client.Receive();
  };
  EXPECT_EQ(ask("https://portal.example").headers.at("access-control-allow-origin"), "https://portal.example");
  EXPECT_EQ(ask("https://other.example").headers.count("access-control-allow-origin"), 0U);
}

// --- streams

TEST_F(HttpPortTest, PassesOnAStreamOfAnswers) {
  RawClient client(Port());
  client.Post("Repeat", "application/connect+json", Enveloped(0, R"({"text":"once"})"));
  EXPECT_EQ(client.Receive().body, Enveloped(0, R"({"text":"once"})") + Enveloped(Envelope::kEndOfConnectStream, "{}"));
}

TEST_F(HttpPortTest, TellsAtItsEndThatAStreamFailed) {
  RawClient client(Port());
  client.Post("Repeat", "application/connect+json", Enveloped(0, R"({"text":"fail"})"));
  const RawResponse response = client.Receive();
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body.substr(5), StartsWith(R"({"error":{"code":"not_found")"));
}

TEST_F(HttpPortTest, PassesOnAStreamOfRequests) {
  RawClient client(Port());
  client.Post("Chat", "application/connect+json", Enveloped(0, R"({"text":"a"})") + Enveloped(0, R"({"text":"b"})"));
  EXPECT_EQ(client.Receive().body, Enveloped(0, R"({"text":"a"})") + Enveloped(0, R"({"text":"b"})") +
                                       Enveloped(Envelope::kEndOfConnectStream, "{}"));
}

TEST_F(HttpPortTest, SpeaksGrpcWeb) {
  RawClient client(Port());
  client.Post("Say", "application/grpc-web+proto", Enveloped(0, "\n\2hi"));
  EXPECT_EQ(client.Receive().body,
            Enveloped(0, "\n\2hi") + Enveloped(Envelope::kGrpcWebTrailers, "grpc-status: 0\r\n"));
}

TEST_F(HttpPortTest, WritesAStreamOfRestInLines) {
  RawClient client(Port());
  client.Get("/v1/parrot:repeat?text=once");
  EXPECT_EQ(client.Receive().body, "{\"result\":{\"text\":\"once\"}}\n");
}

TEST_F(HttpPortTest, EndsTheServicesStreamWhenTheClientIsGone) {
  auto client = std::make_unique<RawClient>(Port());
  client->Post("Repeat", "application/connect+json", Enveloped(0, R"({"text":"a"})"));
  EXPECT_TRUE(Soon([this] { return parrot_.said() > 0; }));
  client.reset();
  EXPECT_TRUE(Soon([this] { return parrot_.streams() == 0; }));
}

TEST_F(HttpPortTest, SlowsAServiceDownWhoseClientDoesNotRead) {
  limits_.transfer_time = absl::Seconds(30);
  RawClient client(Port());
  client.Post("Repeat", "application/connect+json",
              Enveloped(0, absl::StrCat(R"({"text":")", std::string(100'000, 'a'), R"("})")));
  EXPECT_TRUE(Soon([this] { return parrot_.said() > 0; }));
  int said = -1;
  while (said != parrot_.said()) {
    said = parrot_.said();
    absl::SleepFor(absl::Milliseconds(300));
  }
  EXPECT_EQ(parrot_.streams(), 1);
  EXPECT_LT(said, 1'000);
}

TEST_F(HttpPortTest, CutsAClientThatDoesNotRead) {
  RawClient client(Port());
  client.Post("Repeat", "application/connect+json",
              Enveloped(0, absl::StrCat(R"({"text":")", std::string(100'000, 'a'), R"("})")));
  EXPECT_TRUE(Soon([this] { return parrot_.said() > 0; }));
  EXPECT_TRUE(Soon([this] { return parrot_.streams() == 0; }));
  ExpectServes();
}

// --- who does not behave

struct BadRequest {
  const char* name;
  std::string bytes;
  int status;
};

class HttpPortRefusalTest : public HttpPortTest, public testing::WithParamInterface<BadRequest> {};

TEST_P(HttpPortRefusalTest, IsAnsweredInJson) {
  const RawResponse response = To(GetParam().bytes);
  EXPECT_EQ(response.status, GetParam().status) << response.body;
  EXPECT_EQ(response.headers.at("content-type"), "application/json");
  EXPECT_THAT(response.body, StartsWith(R"({"code":")"));
  ExpectServes();
}

std::string PostOf(const std::string& headers, const std::string& body = "") {
  return absl::StrCat("POST /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\n", headers, "\r\n", body);
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpPortRefusalTest,
    testing::Values(
        BadRequest{"Garbage", "GARBAGE\r\n\r\n", 400}, BadRequest{"NoHost", "GET /healthz HTTP/1.1\r\n\r\n", 400},
        BadRequest{"TwoHosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        BadRequest{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        BadRequest{"LengthAndChunks", PostOf("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        BadRequest{"TwoLengths", PostOf("Content-Length: 5\r\nContent-Length: 6\r\n", "aaaaaa"), 400},
        BadRequest{"OtherTransferEncoding", PostOf("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        BadRequest{"LongHead", PostOf("X: " + std::string(17 << 10, 'a') + "\r\n"), 431},
        BadRequest{"LongTarget", "GET /" + std::string(9 << 10, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        BadRequest{"LongBody", PostOf("Content-Type: application/json\r\nContent-Length: 9000000\r\n"), 413},
        BadRequest{"HugeBody", PostOf("Content-Type: application/json\r\nContent-Length: 18446744073709551615\r\n"),
                   413},
        BadRequest{"BadChunk", PostOf("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", "zz\r\n"),
                   400},
        BadRequest{"UnknownType", PostOf("Content-Type: text/xml\r\nContent-Length: 0\r\n"), 415},
        BadRequest{"NoType", PostOf("Content-Length: 0\r\n"), 415},
        BadRequest{"UnknownEncoding",
                   PostOf("Content-Type: application/json\r\nContent-Encoding: br\r\nContent-Length: 0\r\n"), 501},
        BadRequest{"BadGzip",
                   PostOf("Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n", "abcd"),
                   400},
        BadRequest{"WrongVerb", "PUT /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\n\r\n", 405},
        BadRequest{"NoSuchPath", "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 404},
        BadRequest{"GetWithoutMessage", "GET /jiebang.parrot.v1.ParrotService/Say HTTP/1.1\r\nHost: x\r\n\r\n", 400}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(HttpPortTest, RefusesADecompressionBombBeforeItIsThere) {
  const std::string bomb = Compress(std::string(200'000'000, 'a'));
  ASSERT_LT(bomb.size(), 2'000'000U);
  RawClient client(Port());
  client.Post("Say", kJson, bomb, "Content-Encoding: gzip\r\n");
  EXPECT_EQ(client.Receive().status, 413);
}

TEST_F(HttpPortTest, ClosesAConnectionThatSaysNothing) {
  RawClient client(Port());
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpPortTest, TurnsAwayWhoSendsAHeadByteByByte) {
  RawClient client(Port());
  client.Send("GET /heal");
  EXPECT_EQ(client.Receive().status, 408);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpPortTest, TurnsAwayWhoDoesNotSendTheBody) {
  RawClient client(Port());
  client.Send(PostOf("Content-Type: application/json\r\nContent-Length: 100\r\n", "{"));
  EXPECT_EQ(client.Receive().status, 408);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpPortTest, ClosesAConnectionThatIsIdle) {
  RawClient client(Port());
  client.Get("/healthz");
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpPortTest, TurnsAwayOneConnectionTooMany) {
  limits_.connections = 2;
  limits_.idle_time = absl::Seconds(30);
  RawClient first(Port());
  RawClient second(Port());
  for (RawClient* const client : {&first, &second}) {
    client->Get("/healthz");
    EXPECT_EQ(client->Receive().status, 200);
  }
  RawClient third(Port());
  const RawResponse response = third.Receive();
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers.at("retry-after"), "1");
}

TEST_F(HttpPortTest, ClosesAConnectionAfterSoManyRequests) {
  limits_.requests_per_connection = 2;
  RawClient client(Port());
  client.Get("/healthz");
  EXPECT_EQ(client.Receive().headers.at("connection"), "keep-alive");
  client.Get("/healthz");
  EXPECT_EQ(client.Receive().headers.at("connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(HttpPortTest, RefusesBodiesThatTogetherTakeTooMuchMemory) {
  limits_.all_bodies_bytes = 100'000;
  RawClient client(Port());
  client.Post("Say", kJson, absl::StrCat(R"({"text":")", std::string(1'000'000, 'a'), R"("})"));
  EXPECT_EQ(client.Receive().status, 503);
  ExpectServes();
}

// --- the end

TEST_F(HttpPortTest, AnswersTheCallsUnderWayAndClosesTheRestWhenItStops) {
  limits_.idle_time = absl::Seconds(30);
  RawClient idle(Port());
  idle.Get("/healthz");
  EXPECT_EQ(idle.Receive().status, 200);
  RawClient busy(Port());
  busy.Post("Say", kJson, R"({"text":"wait"})");
  RawClient stream(Port());
  stream.Post("Repeat", "application/connect+json", Enveloped(0, R"({"text":"a"})"));
  EXPECT_TRUE(Soon([this] { return parrot_.begun() == 1 && parrot_.said() > 0; }));

  gateway_->Shutdown(absl::Seconds(10));

  EXPECT_TRUE(idle.IsClosed());
  const RawResponse answer = busy.Receive();
  EXPECT_EQ(answer.body, R"({"text":"wait"})");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_THAT(stream.Receive().body, HasSubstr(R"({"error":{"code":"unavailable")"));
  gateway_.reset();
}

TEST_F(HttpPortTest, StopsInTimeThoughClientsStay) {
  limits_.idle_time = absl::Seconds(30);
  limits_.head_time = absl::Seconds(30);
  RawClient silent(Port());
  RawClient slow(Port());
  slow.Send("GET /he");
  ExpectServes();
  gateway_->Shutdown(absl::Milliseconds(100));
  gateway_.reset();
  EXPECT_TRUE(silent.IsClosed());
}

}  // namespace
}  // namespace jiebang::gateway
