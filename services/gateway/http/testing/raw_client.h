// A client of HTTP/1.1 that may behave as badly as a test wants.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_RAW_CLIENT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_RAW_CLIENT_H_

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace jiebang::gateway {

struct RawResponse {
  int status = 0;                              // 0: none came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// Blocks for ten seconds at most.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }

  void Send(const std::string& bytes) { ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

  void Post(const std::string& method, const std::string& content_type, const std::string& body,
            const std::string& headers = "") {
    Send(absl::StrCat("POST /jiebang.parrot.v1.ParrotService/", method, " HTTP/1.1\r\nHost: x\r\nContent-Type: ",
                      content_type, "\r\n", headers, "Content-Length: ", body.size(), "\r\n\r\n", body));
  }
  void Get(const std::string& target, const std::string& headers = "") {
    Send(absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: x\r\n", headers, "\r\n"));
  }

  // The next answer, out of its chunks.
  RawResponse Receive() {
    RawResponse response;
    while (left_.find("\r\n\r\n") == std::string::npos) {
      if (!More()) return response;
    }
    const std::string head = Take(left_.find("\r\n\r\n") + 4);
    if (!absl::SimpleAtoi(head.substr(9, 3), &response.status)) return response;
    std::size_t begin = head.find("\r\n") + 2;
    while (begin + 2 < head.size()) {
      const std::size_t end = head.find("\r\n", begin);
      const std::size_t colon = head.find(": ", begin);
      response.headers[absl::AsciiStrToLower(head.substr(begin, colon - begin))] =
          head.substr(colon + 2, end - colon - 2);
      begin = end + 2;
    }
    if (response.headers.count("transfer-encoding") > 0) {
      while (true) {
        while (left_.find("\r\n") == std::string::npos && More()) {
        }
        const std::string size = Take(left_.find("\r\n") + 2);
        const std::size_t bytes = std::stoul(size, nullptr, 16);
        response.body += TakeAtLeast(bytes);
        TakeAtLeast(2);
        if (bytes == 0) break;
      }
    } else if (response.headers.count("content-length") > 0) {
      response.body = TakeAtLeast(std::stoul(response.headers["content-length"]));
    }
    return response;
  }

  // Whether the server closes, without a word more.
  bool IsClosed() { return left_.empty() && !More() && !timed_out_; }

  // Waits for some bytes of whatever.
  bool More() {
    char bytes[4096];
    const ssize_t received = ::recv(socket_, bytes, sizeof(bytes), 0);
    timed_out_ = received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (received <= 0) return false;
    left_.append(bytes, static_cast<std::size_t>(received));
    return true;
  }

 private:
  std::string Take(std::size_t bytes) {
    const std::string taken = left_.substr(0, bytes);
    left_.erase(0, bytes);
    return taken;
  }
  std::string TakeAtLeast(std::size_t bytes) {
    while (left_.size() < bytes && More()) {
    }
    return Take(bytes);
  }

  const int socket_;
  std::string left_;
  bool timed_out_ = false;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_TESTING_RAW_CLIENT_H_
