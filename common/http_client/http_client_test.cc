#include "common/http_client/http_client.h"

#include <array>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "boost/asio/io_context.hpp"
#include "boost/asio/ip/tcp.hpp"
#include "boost/asio/write.hpp"
#include "common/async/thread_executor.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::http {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;

// Answers one connection with these bytes; keeps the head of what was asked.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : thread_([this, answer = std::move(answer)] { Serve(answer); }) {}
  ~OneAnswer() {
    if (thread_.joinable()) thread_.join();
  }

  int port() const { return acceptor_.local_endpoint().port(); }
  // Once it is answered.
  const std::string& asked() {
    if (thread_.joinable()) thread_.join();
    return asked_;
  }

 private:
  void Serve(const std::string& answer) {
    tcp::socket socket = acceptor_.accept();
    std::array<char, 4096> buffer;
    boost::system::error_code failed;
    asked_.assign(buffer.data(), socket.read_some(boost::asio::buffer(buffer), failed));
    boost::asio::write(socket, boost::asio::buffer(answer), failed);
    // An answer that ends nowhere: until the client has gone.
    if (answer.empty()) socket.wait(tcp::socket::wait_read, failed);
  }

  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)};
  std::string asked_;
  std::thread thread_;
};

Outcome Sent(const std::string& url, AddressGuard guard, absl::Duration limit = absl::Seconds(10)) {
  const auto client = Client::Start({.guard = std::move(guard), .ca_file = "", .time_limit = limit});
  EXPECT_THAT(client, IsOk());
  ThreadExecutor executor;
  Post post{.url = *Url::Parse(url), .headers = {{"webhook-id", "7"}}, .body = "{}"};
  return executor.RunUntilDone((*client)->Send(std::move(post)));
}

AddressGuard Local() { return *AddressGuard::Allowing({"127.0.0.0/8"}); }

std::optional<Trouble> TroubleOf(const Outcome& outcome) {
  const Trouble* const trouble = std::get_if<Trouble>(&outcome.result);
  return trouble == nullptr ? std::nullopt : std::optional(*trouble);
}

TEST(HttpClientTest, PostsAndGivesTheStatus) {
  OneAnswer server("HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 5\r\n\r\nhello");
  const Outcome outcome = Sent(absl::StrCat("http://127.0.0.1:", server.port(), "/hook?x=1"), Local());
  ASSERT_EQ(TroubleOf(outcome), std::nullopt) << outcome.detail;
  EXPECT_EQ(std::get<Answer>(outcome.result).status, 503);
  EXPECT_EQ(std::get<Answer>(outcome.result).retry_after, "120");
  EXPECT_THAT(server.asked(), HasSubstr("POST /hook?x=1 HTTP/1.1\r\n"));
  EXPECT_THAT(server.asked(), HasSubstr("webhook-id: 7\r\n"));
}

TEST(HttpClientTest, DoesNotFollowARedirection) {
  OneAnswer server("HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  const Outcome outcome = Sent(absl::StrCat("http://127.0.0.1:", server.port(), "/"), Local());
  ASSERT_EQ(TroubleOf(outcome), std::nullopt) << outcome.detail;
  EXPECT_EQ(std::get<Answer>(outcome.result).status, 307);
}

TEST(HttpClientTest, ReachesNoPrivateAddressByWhateverName) {
  for (const char* const url : {"https://127.0.0.1/", "https://localhost/", "https://[::1]/",
                                "https://[::ffff:7f00:1]/", "http://127.0.0.1/", "https://10.0.0.1:8443/"}) {
    EXPECT_EQ(TroubleOf(Sent(url, AddressGuard())), Trouble::kAddressRefused) << url;
  }
}

TEST(HttpClientTest, ReachesThePublicInternetByTlsAndOnTwoPortsOnly) {
  for (const char* const url : {"http://223.5.5.5/", "https://223.5.5.5:22/", "https://223.5.5.5:80/"}) {
    EXPECT_EQ(TroubleOf(Sent(url, AddressGuard())), Trouble::kAddressRefused) << url;
  }
}

TEST(HttpClientTest, SaysThatNobodyListens) {
  EXPECT_EQ(TroubleOf(Sent("http://127.0.0.1:1/", Local())), Trouble::kConnectFailed);
}

TEST(HttpClientTest, GivesUpOnAnAnswerThatDoesNotCome) {
  OneAnswer server("");
  const Outcome outcome = Sent(absl::StrCat("http://127.0.0.1:", server.port(), "/"), Local(), absl::Milliseconds(200));
  EXPECT_EQ(TroubleOf(outcome), Trouble::kTimedOut) << outcome.detail;
}

TEST(HttpClientTest, RefusesAnAnswerWithoutEnd) {
  OneAnswer server("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'));
  EXPECT_EQ(TroubleOf(Sent(absl::StrCat("http://127.0.0.1:", server.port(), "/"), Local())), Trouble::kAnswerMalformed);
}

TEST(HttpClientTest, SpeaksTlsWithWhoeverSpeaksItAndFailsWithOthers) {
  OneAnswer server("HTTP/1.1 200 OK\r\n\r\n");
  EXPECT_EQ(TroubleOf(Sent(absl::StrCat("https://127.0.0.1:", server.port(), "/"), Local())), Trouble::kTlsFailed);
}

TEST(HttpClientTest, WantsAFileOfAuthorities) {
  EXPECT_EQ(Client::Start({.guard = {}, .ca_file = "/nowhere.pem"}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace jiebang::http
