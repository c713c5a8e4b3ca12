#include "services/gateway/admission/rates.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace jiebang::gateway {
namespace {

using options::v1::Role;

constexpr std::size_t kNetworkBytes = 8;

bool ReadPositive(std::string_view text, double& number) {
  return absl::SimpleAtod(absl::string_view(text.data(), text.size()), &number) && number > 0 && number <= 1e9;
}

}  // namespace

absl::StatusOr<Rate> ParseRate(std::string_view text) {
  const std::size_t colon = text.find(':');
  Rate rate;
  if (colon == std::string_view::npos || !ReadPositive(text.substr(0, colon), rate.per_second) ||
      !ReadPositive(text.substr(colon + 1), rate.burst) || rate.burst < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(absl::string_view(text.data(), text.size()), ": want CALLS_A_SECOND:BURST, e.g. 20:200"));
  }
  return rate;
}

Rates::Rates() {
  of_role_.fill({.per_second = 200, .burst = 400});
  of_role_[options::v1::ROLE_APPLICANT] = {.per_second = 50, .burst = 100};
  of_role_[options::v1::ROLE_EXPERT] = {.per_second = 50, .burst = 100};
  of_role_[options::v1::ROLE_UNIT] = {.per_second = 500, .burst = 1'000};
  of_role_[options::v1::ROLE_MINISTRY] = {.per_second = 2'000, .burst = 4'000};
}

absl::Status Rates::Set(std::string_view text) {
  const std::size_t equals = text.find('=');
  const absl::Status malformed =
      absl::InvalidArgumentError(absl::StrCat("--rate ", absl::string_view(text.data(), text.size()),
                                              ": want ROLE=CALLS_A_SECOND:BURST, e.g. ministry=2000:4000"));
  if (equals == std::string_view::npos) return malformed;
  Role role = options::v1::ROLE_UNSPECIFIED;
  const std::string name = absl::StrCat("ROLE_", absl::AsciiStrToUpper(std::string(text.substr(0, equals))));
  if (!options::v1::Role_Parse(name, &role) || role == options::v1::ROLE_UNSPECIFIED) return malformed;
  const absl::StatusOr<Rate> rate = ParseRate(text.substr(equals + 1));
  if (!rate.ok()) return malformed;
  of_role_[role] = *rate;
  return absl::OkStatus();
}

const Rate& Rates::Of(const identity::v1::Principal& principal) const {
  if (!principal.acting_platform().empty()) return of_role_[options::v1::ROLE_UNIT];
  const Rate* highest = nullptr;
  for (const int role : principal.roles()) {
    if (!options::v1::Role_IsValid(role)) continue;
    if (highest == nullptr || of_role_[role].per_second > highest->per_second) highest = &of_role_[role];
  }
  return highest == nullptr ? of_role_[options::v1::ROLE_PUBLIC] : *highest;
}

std::string NetworkOf(const std::string& address) {
  in6_addr bytes;
  if (inet_pton(AF_INET6, address.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
  return std::string(reinterpret_cast<const char*>(bytes.s6_addr), kNetworkBytes);
}

}  // namespace jiebang::gateway
