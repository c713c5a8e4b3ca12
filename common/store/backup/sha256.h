// SHA-256 of what comes in pieces.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SHA256_H_
#define JIEBANG_COMMON_STORE_BACKUP_SHA256_H_

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace jiebang::store::backup {

inline constexpr std::size_t kSha256Bytes = 32;

class Sha256 {
 public:
  Sha256();

  void Add(std::string_view bytes);
  // 32 bytes, and it begins again.
  std::string Finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SHA256_H_
