#include "common/token/digest.h"

#include "absl/strings/escaping.h"
#include "common/token/openssl.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace jiebang::token {

namespace {

std::string DigestOf(std::string_view text, const EVP_MD* kind) {
  std::string digest(kDigestBytes, '\0');
  unsigned int size = 0;
  MustHold(EVP_Digest(text.data(), text.size(), Out(digest), &size, kind, nullptr) == 1, "EVP_Digest");
  return digest;
}

std::string HmacOf(std::string_view key, std::string_view text, const EVP_MD* kind) {
  std::string digest(kDigestBytes, '\0');
  unsigned int size = 0;
  MustHold(HMAC(kind, key.data(), static_cast<int>(key.size()), In(text), text.size(), Out(digest), &size) != nullptr,
           "HMAC");
  return digest;
}

}  // namespace

std::string Sha256(std::string_view text) { return DigestOf(text, EVP_sha256()); }

std::string Sm3(std::string_view text) { return DigestOf(text, EVP_sm3()); }

std::string Sha256Hex(std::string_view text) { return absl::BytesToHexString(Sha256(text)); }

std::string HmacSha256(std::string_view key, std::string_view text) { return HmacOf(key, text, EVP_sha256()); }

std::string HmacSm3(std::string_view key, std::string_view text) { return HmacOf(key, text, EVP_sm3()); }

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace jiebang::token
