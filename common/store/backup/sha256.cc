#include "common/store/backup/sha256.h"

#include "common/token/openssl.h"
#include <openssl/evp.h>

namespace jiebang::store::backup {

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  token::MustHold(context_ != nullptr, "EVP_MD_CTX_new");
  token::MustHold(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "EVP_DigestInit_ex");
}

void Sha256::Add(std::string_view bytes) {
  token::MustHold(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
}

std::string Sha256::Finish() {
  std::string digest(kSha256Bytes, '\0');
  token::MustHold(EVP_DigestFinal_ex(context_.get(), token::Out(digest), nullptr) == 1, "EVP_DigestFinal_ex");
  token::MustHold(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "EVP_DigestInit_ex");
  return digest;
}

}  // namespace jiebang::store::backup
