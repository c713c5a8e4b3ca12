#include "services/gateway/http/server/request_parser.h"

#include "boost/beast/http/error.hpp"

namespace jiebang::http {

namespace beast = boost::beast;

void Head::Clear() {
  text_.clear();
  fields_.clear();
}

Head::Span Head::Add(beast::string_view text) {
  const Span span{text_.size(), text.size()};
  text_.append(text.data(), text.size());
  return span;
}

Request& Head::Finish() {
  request_.verb = View(verb_);
  request_.target = View(target_);
  const std::size_t mark = request_.target.find('?');
  request_.path = request_.target.substr(0, mark);
  request_.query = mark == std::string_view::npos ? std::string_view() : request_.target.substr(mark + 1);
  request_.fields.clear();
  for (const auto& [name, value] : fields_) request_.fields.push_back({View(name), View(value)});
  return request_;
}

RequestParser::RequestParser(Head& head, const Limits& limits) : head_(head), target_bytes_(limits.target_bytes) {
  head_.Clear();
  header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  body_limit(boost::none);  // who reads the body has a limit
}

std::optional<Fault> RequestParser::FaultOfHead() const {
  if (head_.target_.size > target_bytes_) return Fault::kTargetTooLong;
  if (other_transfer_) return Fault::kUnknownTransfer;
  if (hosts_ > 1 || (hosts_ == 0 && version_ == 11)) return Fault::kMalformed;
  return std::nullopt;
}

void RequestParser::on_request_impl(beast::http::verb, Text verb, Text target, int version, ErrorCode&) {
  head_.verb_ = head_.Add(verb);
  head_.target_ = head_.Add(target);
  version_ = version;
}

void RequestParser::on_field_impl(beast::http::field known, Text name, Text value, ErrorCode&) {
  if (head_done_) return;  // a trailer; nobody asked for one
  using beast::http::field;
  if (known == field::host) ++hosts_;
  if (known == field::expect) expects_continue_ = SameName({value.data(), value.size()}, "100-continue");
  // Beast takes a coding that it does not know for none.
  if (known == field::transfer_encoding) other_transfer_ |= !SameName({value.data(), value.size()}, "chunked");
  const Head::Span name_at = head_.Add(name);
  head_.fields_.emplace_back(name_at, head_.Add(value));
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, ErrorCode&) {
  chunks_.append(body.data(), body.size());
  return body.size();
}

Fault FaultOf(const beast::error_code& error) {
  if (error == beast::http::error::header_limit) return Fault::kHeadTooLong;
  if (error == beast::http::error::bad_version) return Fault::kVersionUnknown;
  return Fault::kMalformed;
}

}  // namespace jiebang::http
