#include "services/gateway/http/gzip.h"

#include <zlib.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, in gzip's clothes
// Twice as fast as the default, and a few per cent longer.
constexpr int kLevel = 3;
constexpr int kMemory = 8;
constexpr std::size_t kFirstOutput = 16 << 10;

Bytef* InputOf(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
}

}  // namespace

std::string Compress(std::string_view bytes) {
  z_stream stream{};
  std::string output;
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) return output;
  output.resize(deflateBound(&stream, bytes.size()));
  stream.next_in = InputOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  deflate(&stream, Z_FINISH);
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

absl::StatusOr<std::string> Decompress(std::string_view bytes, std::size_t max_bytes) {
  std::string output;
  if (bytes.empty()) return output;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return absl::ResourceExhaustedError("no memory to decompress with");
  stream.next_in = InputOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  int state = Z_OK;
  while (state == Z_OK && output.size() <= max_bytes) {
    // One byte more than is allowed shows that it is too long.
    output.resize(std::min(std::max(kFirstOutput, 2 * output.size()), max_bytes + 1));
    stream.next_out = reinterpret_cast<Bytef*>(output.data()) + stream.total_out;
    stream.avail_out = static_cast<uInt>(output.size() - stream.total_out);
    state = inflate(&stream, Z_NO_FLUSH);
    if (stream.avail_out > 0) break;
  }
  output.resize(stream.total_out);
  const bool is_whole = state == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (output.size() > max_bytes) return absl::OutOfRangeError("too long");
  if (!is_whole) return absl::InvalidArgumentError("no gzip stream");
  return output;
}

bool TakesGzip(std::string_view accepted) {
  for (const absl::string_view entry : absl::StrSplit(absl::string_view(accepted.data(), accepted.size()), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(entry, absl::MaxSplits(';', 1));
    const absl::string_view name = absl::StripAsciiWhitespace(parts.first);
    if (!http::SameName({name.data(), name.size()}, kGzip)) continue;
    absl::string_view weight = absl::StripAsciiWhitespace(parts.second);
    double quality = 1;
    if (absl::ConsumePrefix(&weight, "q=") && !absl::SimpleAtod(weight, &quality)) return false;
    return quality > 0;
  }
  return false;
}

}  // namespace jiebang::gateway
