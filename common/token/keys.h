// Keys for whatever is signed in public: Ed25519 (RFC 8032) or RSA (RFC 8017) for tokens, Ed25519 or SM2 (GB/T 32918)
// for seals.
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

// Ed25519 signs the message itself. SM2 signs its SM3, with the signer's default id of GM/T 0009 (1234567812345678).
// RSA signs its SHA-256, padded as PKCS #1 v1.5 (RS256 of RFC 7518); no file of ours holds one.
enum class KeyKind { kEd25519, kSm2, kRsa };

// Cheap to copy, immutable, thread-safe. Errors of the file functions: FAILED_PRECONDITION KEY_FILE_UNUSABLE, naming
// the file.
class VerifyingKey {
 public:
  // A PEM file with a public key (SubjectPublicKeyInfo). An Ed25519 key, as tokens are signed with.
  static absl::StatusOr<VerifyingKey> FromPemFile(const std::filesystem::path& path);
  static absl::StatusOr<VerifyingKey> OfAnyKindFromPemFile(const std::filesystem::path& path);

  // Keys for tokens, as others write them: INVALID_ARGUMENT saying why it is none, or none that is strong enough (RSA
  // of 2048 to 8192 bits).
  static absl::StatusOr<VerifyingKey> ForTokensFromPem(std::string_view pem);
  static absl::StatusOr<VerifyingKey> Ed25519FromBytes(std::string_view bytes);  // 32 of them
  static absl::StatusOr<VerifyingKey> RsaFromNumbers(std::string_view modulus,
                                                     std::string_view exponent);  // big-endian

  // Readable by all. A file that is there already is left as it is and refused: ALREADY_EXISTS KEY_FILE_EXISTS.
  absl::Status WritePemFile(const std::filesystem::path& path) const;

  KeyKind kind() const { return kind_; }

  // Which key it is: the first 16 hexadecimal digits of the SHA-256 of the raw public key (of SM2: the uncompressed
  // point, 65 bytes; of RSA: its SubjectPublicKeyInfo in DER).
  const std::string& kid() const { return kid_; }

  // True when the private part signed exactly this message.
  bool Verify(std::string_view message, std::string_view signature) const;

 private:
  friend class SigningKey;
  explicit VerifyingKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  KeyKind kind_;
  std::string kid_;
};

class SigningKey {
 public:
  static SigningKey Generate(KeyKind kind = KeyKind::kEd25519);

  // A PEM file with a private key (PKCS #8, not encrypted). An Ed25519 key, as tokens are signed with.
  static absl::StatusOr<SigningKey> FromPemFile(const std::filesystem::path& path);
  static absl::StatusOr<SigningKey> OfAnyKindFromPemFile(const std::filesystem::path& path);

  // Readable by the owner alone (mode 0600). ALREADY_EXISTS KEY_FILE_EXISTS as above.
  absl::Status WritePemFile(const std::filesystem::path& path) const;

  const VerifyingKey& verifying_key() const { return public_part_; }
  KeyKind kind() const { return public_part_.kind(); }
  const std::string& kid() const { return public_part_.kid(); }

  // Ed25519: 64 bytes. SM2: the pair (r, s) in DER, at most 72 bytes, another one each time. RSA: as
  // many as the modulus has.
  std::string Sign(std::string_view message) const;

 private:
  explicit SigningKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  VerifyingKey public_part_;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_KEYS_H_
