// What every use of OpenSSL here needs.
#ifndef JIEBANG_COMMON_TOKEN_OPENSSL_H_
#define JIEBANG_COMMON_TOKEN_OPENSSL_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <openssl/err.h>

namespace jiebang::token {

// For what fails only without memory or without OpenSSL's default provider: nothing of the suite can go on without
// digests and keys.
inline void MustHold(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "OpenSSL: %s failed\n", what);
  std::abort();
}

// Bytes as OpenSSL takes them.
inline unsigned char* Out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
inline const unsigned char* In(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

// Takes back what OpenSSL adds to the thread's error queue in its scope: gRPC's TLS reads the same queue, and would end
// a healthy connection over the errors of a wrong signature.
class ErrorQueueMark {
 public:
  ErrorQueueMark() { ERR_set_mark(); }
  ~ErrorQueueMark() { ERR_pop_to_mark(); }
  ErrorQueueMark(const ErrorQueueMark&) = delete;
  ErrorQueueMark& operator=(const ErrorQueueMark&) = delete;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_OPENSSL_H_
