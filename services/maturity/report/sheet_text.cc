#include "services/maturity/report/sheet_text.h"

#include <iconv.h>

#include <cerrno>
#include <optional>

#include "common/field_limits/text.h"
#include "services/maturity/domain/sheet_errors.h"

namespace jiebang::maturity {
namespace {

class Converter {
 public:
  explicit Converter(const char* encoding) : handle_(iconv_open("UTF-8", encoding)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }

  // nullopt: `bytes` are not of the encoding.
  std::optional<std::string> ToUtf8(std::string_view bytes) {
    if (!is_open()) return std::nullopt;
    std::string text(bytes.size() * 3 / 2 + 16, '\0');  // two bytes of GB 18030 or UTF-16 become three at most
    char* in = const_cast<char*>(bytes.data());         // iconv's signature; it does not write there
    std::size_t in_left = bytes.size();
    std::size_t written = 0;
    while (true) {
      char* out = text.data() + written;
      std::size_t out_left = text.size() - written;
      const std::size_t result = iconv(handle_, &in, &in_left, &out, &out_left);
      written = text.size() - out_left;
      if (result != static_cast<std::size_t>(-1)) break;
      if (errno != E2BIG) return std::nullopt;
      text.resize(text.size() * 2);
    }
    text.resize(written);
    return text;
  }

 private:
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  iconv_t handle_;
};

bool IsUtf8(std::string_view text) { return field_limits::Examine(text).is_utf8; }

std::optional<std::string> Decoded(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
    return IsUtf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
  }
  if (bytes.starts_with("\xFF\xFE")) return Converter("UTF-16LE").ToUtf8(bytes.substr(2));
  if (bytes.starts_with("\xFE\xFF")) return Converter("UTF-16BE").ToUtf8(bytes.substr(2));
  if (IsUtf8(bytes)) return std::string(bytes);
  return Converter("GB18030").ToUtf8(bytes);
}

}  // namespace

absl::StatusOr<std::string> SheetText(std::string_view bytes) {
  // What .xlsx and .ods files, which are ZIP archives, and .xls files begin with.
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return errors::SheetIsWorkbook();
  }
  std::optional<std::string> text = Decoded(bytes);
  // No text has a NUL; UTF-16 without its mark has one at every second byte.
  if (!text || text->find('\0') != std::string::npos) return errors::SheetEncodingUnknown();
  return *std::move(text);
}

}  // namespace jiebang::maturity
