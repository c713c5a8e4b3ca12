#include "common/uscc/uscc.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang {
namespace {

constexpr std::size_t kUsccLength = 18;
constexpr std::size_t kOrganisationStart = 8;  // of the organisation code in a USCC
constexpr std::size_t kOrganisationLength = 9;

// GB 32100-2015: its 31 characters (no I, O, S, V, Z) in the order of their values, and the weights 3^(i-1) mod 31.
constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<int, 17> kUsccWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

// GB 11714-1997.
constexpr std::string_view kOrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::array<int, 8> kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};

// The weighted sum of the characters' values; -1 when they are not as many as the weights, or one is not in the
// alphabet.
template <std::size_t size>
int WeightedSum(std::string_view text, std::string_view alphabet, const std::array<int, size>& weights) {
  if (text.size() != size) return -1;
  int sum = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t value = alphabet.find(text[i]);
    if (value == std::string_view::npos) return -1;
    sum += static_cast<int>(value) * weights[i];
  }
  return sum;
}

absl::Status Malformed(std::string_view field, std::string en, std::string zh) {
  return MalformedField(std::string(field), std::move(en), std::move(zh), "USCC_MALFORMED");
}

// `en` and `zh` name the character; position counts from 1.
absl::Status WrongCheckCharacter(std::string_view field, std::size_t position, char found, char expected,
                                 const std::string& en, const std::string& zh) {
  const std::string message_en =
      absl::StrCat(en, " (character ", position, ") is ", std::string(1, found), " and should be ",
                   std::string(1, expected), "; some other character may be mistyped.");
  const std::string message_zh = absl::StrCat(zh, "（第 ", position, " 位）为 ", std::string(1, found), "，应为 ",
                                              std::string(1, expected), "；也可能是其他位有误");
  return Refusal{
      .code = absl::StatusCode::kInvalidArgument,
      .reason = "USCC_MALFORMED",
      .en = message_en,
      .zh = message_zh,
      .metadata = {{"expected", std::string(1, expected)}, {"position", absl::StrCat(position)}},
      .fields = {{.field = std::string(field), .description = absl::StrCat(message_en, " / ", message_zh)}},
  }
      .ToStatus();
}

}  // namespace

char UsccCheckCharacter(std::string_view first17) {
  const int sum = WeightedSum(first17, kUsccAlphabet, kUsccWeights);
  return sum < 0 ? '\0' : kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

char OrganisationCheckCharacter(std::string_view first8) {
  const int sum = WeightedSum(first8, kOrganisationAlphabet, kOrganisationWeights);
  if (sum < 0) return '\0';
  const int check = 11 - sum % 11;
  if (check == 10) return 'X';
  return check == 11 ? '0' : static_cast<char>('0' + check);
}

bool HasFormOfUscc(std::string_view text) {
  return text.size() == kUsccLength && text.find_first_not_of(kUsccAlphabet) == std::string_view::npos;
}

absl::Status CheckUscc(std::string_view uscc, std::string_view field) {
  if (uscc.size() != kUsccLength) {
    return Malformed(field, absl::StrCat("A unified social credit code has 18 characters; this has ", uscc.size(), "."),
                     absl::StrCat("统一社会信用代码应为 18 位，现为 ", uscc.size(), " 位"));
  }
  for (std::size_t i = 0; i < uscc.size(); ++i) {
    if (kUsccAlphabet.find(uscc[i]) != std::string_view::npos) continue;
    return Malformed(field, absl::StrCat("Character ", i + 1, " is none of 0-9 and A-Z without I, O, S, V, Z."),
                     absl::StrCat("第 ", i + 1, " 位应为数字或大写字母（不含 I、O、S、V、Z）"));
  }
  // The inner code first: a slip in characters 9 to 17 spoils both, and is told more exactly by this one.
  const std::string_view organisation = uscc.substr(kOrganisationStart, kOrganisationLength);
  const char inner = OrganisationCheckCharacter(organisation.substr(0, kOrganisationLength - 1));
  if (organisation.back() != inner) {
    return WrongCheckCharacter(field, kOrganisationStart + kOrganisationLength, organisation.back(), inner,
                               "The check character of the organisation code", "组织机构代码校验码");
  }
  const char outer = UsccCheckCharacter(uscc.substr(0, kUsccLength - 1));
  if (uscc.back() != outer) {
    return WrongCheckCharacter(field, kUsccLength, uscc.back(), outer,
                               "The check character of the unified social credit code", "统一社会信用代码校验码");
  }
  return absl::OkStatus();
}

}  // namespace jiebang
