// Reads a request's head, and a body that is sent in chunks, with Beast's parser.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_REQUEST_PARSER_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_REQUEST_PARSER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "boost/beast/http/basic_parser.hpp"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/http/server/limits.h"

namespace jiebang::http {

// The text of a head and where its parts are; kept by a connection, so that a further request costs no allocation.
class Head {
 public:
  void Clear();
  // The request; its views are good until the next Clear.
  Request& Finish();

 private:
  friend class RequestParser;
  struct Span {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  Span Add(boost::beast::string_view text);
  std::string_view View(Span span) const { return std::string_view(text_).substr(span.begin, span.size); }

  std::string text_;
  Span verb_;
  Span target_;
  std::vector<std::pair<Span, Span>> fields_;
  Request request_;
};

// One for each request.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser(Head& head, const Limits& limits);

  // What is wrong with a head that is complete, beyond what Beast refuses: what two servers could read in two ways.
  std::optional<Fault> FaultOfHead() const;

  bool is_http_1_1() const { return version_ == 11; }
  bool expects_continue() const { return expects_continue_; }

  // What has come of a chunked body since the last call.
  std::string TakeChunks() { return std::exchange(chunks_, {}); }

 private:
  using ErrorCode = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, Text verb, Text target, int version, ErrorCode&) override;
  void on_response_impl(int, Text, int, ErrorCode&) override {}
  void on_field_impl(boost::beast::http::field known, Text name, Text value, ErrorCode&) override;
  void on_header_impl(ErrorCode&) override { head_done_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  std::size_t on_body_impl(Text body, ErrorCode&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, ErrorCode&) override;
  void on_finish_impl(ErrorCode&) override {}

  Head& head_;
  const std::size_t target_bytes_;
  bool head_done_ = false;
  bool expects_continue_ = false;
  bool other_transfer_ = false;
  int version_ = 0;
  int hosts_ = 0;
  std::string chunks_;
};

// What is wrong with a head that Beast does not read.
Fault FaultOf(const boost::beast::error_code& error);

}  // namespace jiebang::http

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SERVER_REQUEST_PARSER_H_
