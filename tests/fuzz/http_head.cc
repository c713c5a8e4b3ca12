// Heads of HTTP/1.1 requests, and bodies in chunks, as they come from the network.
#include <string>

#include "boost/asio/buffer.hpp"
#include "services/gateway/http/server/request_parser.h"
#include "tests/fuzz/must.h"

namespace {

using namespace jiebang;  // NOLINT: a target's only file

// What a connection makes of these bytes, as text.
std::string Read(std::string_view bytes, std::size_t first) {
  http::Head head;
  const http::Limits limits;
  http::RequestParser parser(head, limits);
  parser.eager(true);
  boost::beast::error_code error;
  std::string_view waiting;
  std::string chunks;
  std::size_t seen = std::min(first, bytes.size());
  std::size_t taken = 0;
  while (true) {
    waiting = bytes.substr(taken, seen - taken);
    taken += parser.put(boost::asio::buffer(waiting), error);
    chunks += parser.TakeChunks();
    if (error && error != boost::beast::http::error::need_more) break;
    if (parser.is_done() || seen == bytes.size()) break;
    seen = bytes.size();
  }
  if (!parser.is_header_done() || (error && error != boost::beast::http::error::need_more)) return "none";
  fuzz::Must(!parser.chunked() || !parser.content_length(), "the end of a body is said in one way");
  if (parser.FaultOfHead()) return "fault";
  const http::Request& request = head.Finish();
  std::string text(request.verb);
  text.append(" ").append(request.path).append("?").append(request.query).append("\n");
  for (const http::Request::Field& field : request.fields) {
    fuzz::Must(field.name.find_first_of("\r\n: ") == std::string_view::npos, "a name is a token");
    fuzz::Must(field.value.find_first_of("\r\n") == std::string_view::npos, "a value has no line of its own");
    text.append(field.name).append(":").append(field.value).append("\n");
  }
  return text + (parser.is_done() ? "done " : "more ") + chunks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte says where the network cuts the rest.
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  fuzz::Must(Read(bytes, bytes.size()) == Read(bytes, data[0]), "it does not matter in which pieces a request comes");
  return 0;
}
