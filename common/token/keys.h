// Ed25519 keys (RFC 8032) for bearer tokens and whatever else is signed in public.
#ifndef JIEBANG_COMMON_TOKEN_KEYS_H_
#define JIEBANG_COMMON_TOKEN_KEYS_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct evp_pkey_st;  // EVP_PKEY of OpenSSL, whose headers stay out of ours

namespace jiebang::token {

// Cheap to copy, immutable, thread-safe. Errors of the file functions: FAILED_PRECONDITION KEY_FILE_UNUSABLE, naming
// the file.
class VerifyingKey {
 public:
  // A PEM file with a public key (SubjectPublicKeyInfo).
  static absl::StatusOr<VerifyingKey> FromPemFile(const std::filesystem::path& path);
  // Readable by all. A file that is there already is left as it is and refused: ALREADY_EXISTS KEY_FILE_EXISTS.
  absl::Status WritePemFile(const std::filesystem::path& path) const;

  // Which key it is: the first 16 hexadecimal digits of the SHA-256 of the raw public key.
  const std::string& kid() const { return kid_; }

  // True when the private part signed exactly this message.
  bool Verify(std::string_view message, std::string_view signature) const;

 private:
  friend class SigningKey;
  explicit VerifyingKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  std::string kid_;
};

class SigningKey {
 public:
  static SigningKey Generate();

  // A PEM file with a private key (PKCS #8, not encrypted).
  static absl::StatusOr<SigningKey> FromPemFile(const std::filesystem::path& path);

  // Readable by the owner alone (mode 0600). ALREADY_EXISTS KEY_FILE_EXISTS as above.
  absl::Status WritePemFile(const std::filesystem::path& path) const;

  const VerifyingKey& verifying_key() const { return public_part_; }
  const std::string& kid() const { return public_part_.kid(); }

  // 64 bytes.
  std::string Sign(std::string_view message) const;

 private:
  explicit SigningKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  VerifyingKey public_part_;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_KEYS_H_
