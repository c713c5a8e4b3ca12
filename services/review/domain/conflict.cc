#include "services/review/domain/conflict.h"

#include <cstdint>

#include "absl/strings/ascii.h"

namespace jiebang::review {
namespace {

constexpr std::string_view kCompany = "公司";

// The code point that begins at `at`, which is moved behind it. Strings of protobuf messages are valid UTF-8.
std::uint32_t Next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const std::uint32_t first = byte(at);
  const int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::uint32_t point = length == 1 ? first : first & (0x7Fu >> length);
  for (int i = 1; i < length; ++i) point = point << 6 | (byte(at + i) & 0x3Fu);
  at += length;
  return point;
}

// Space in the sense of Unicode's White_Space, and what takes no room at all.
bool IsBlank(std::uint32_t point) {
  return point <= 0x20 || point == 0x7F || point == 0x85 || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) ||
         (point >= 0x205F && point <= 0x2064) || point == 0x3000 || point == 0xFEFF;
}

// The ASCII form of a character that has one; 0 otherwise.
char AsciiFormOf(std::uint32_t point) {
  if (point < 0x80) return static_cast<char>(point);
  if (point >= 0xFF01 && point <= 0xFF5E) return static_cast<char>(point - 0xFEE0);
  switch (point) {
    case 0x3010:  // 【
    case 0x3014:  // 〔
    case 0xFE59:  // ﹙
      return '(';
    case 0x3011:
    case 0x3015:
    case 0xFE5A:
      return ')';
    case 0x00B7:  // ·, as in foreign names, in its various forms
    case 0x2022:
    case 0x2027:
    case 0x30FB:
      return '.';
    default:
      return 0;
  }
}

std::string Normalised(std::string_view name) {
  std::string normalised;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const std::uint32_t point = Next(name, at);
    if (IsBlank(point)) continue;
    const char ascii = AsciiFormOf(point);
    if (ascii == 0) {
      normalised += name.substr(begin, at - begin);
    } else if (ascii == '[' || ascii == '{') {
      normalised += '(';
    } else if (ascii == ']' || ascii == '}') {
      normalised += ')';
    } else {
      normalised += absl::ascii_tolower(static_cast<unsigned char>(ascii));
    }
  }
  return normalised;
}

}  // namespace

std::string LegalPerson(std::string_view registered_name) {
  std::string name = Normalised(registered_name);
  if (!name.ends_with("分公司") && !name.ends_with("分厂")) return name;
  const std::size_t company = name.find(kCompany);
  const std::size_t end = company + kCompany.size();
  if (company != name.npos && end < name.size()) name.resize(end);
  return name;
}

std::string ComparableUscc(std::string_view uscc) {
  return absl::AsciiStrToUpper(absl::StripAsciiWhitespace(std::string(uscc)));
}

std::string NameOf(Conflict conflict) {
  switch (conflict) {
    case Conflict::kEmployer:
      return "employer";
    case Conflict::kUnit:
      return "unit";
    case Conflict::kDeclared:
      return "declared";
  }
  return "";
}

Applied::Applied(const v1::Candidate& candidate)
    : Applied(candidate.applicant_uscc(), candidate.applicant_display_name(), candidate.unit()) {}

Applied::Applied(std::string_view uscc, std::string_view display_name, std::string_view unit)
    : uscc(ComparableUscc(uscc)), legal_person(LegalPerson(display_name)), unit(unit) {}

Ties::Ties(const v1::Expert& expert)
    : employer_uscc_(ComparableUscc(expert.employer_uscc())),
      employer_(LegalPerson(expert.employer())),
      unit_(expert.unit()) {
  for (const std::string& uscc : expert.conflict_usccs()) declared_.insert(ComparableUscc(uscc));
}

std::optional<Conflict> Ties::With(const Applied& applied) const {
  if (!employer_.empty() && employer_ == applied.legal_person) return Conflict::kEmployer;
  if (!employer_uscc_.empty() && employer_uscc_ == applied.uscc) return Conflict::kEmployer;
  if (!unit_.empty() && unit_ == applied.unit) return Conflict::kUnit;
  if (!declared_.empty() && declared_.contains(applied.uscc)) return Conflict::kDeclared;
  return std::nullopt;
}

}  // namespace jiebang::review
