#include "common/token/keys.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"
#include "common/token/key_file.h"
#include "common/token/openssl.h"
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace jiebang::token {
namespace {

constexpr std::size_t kKidDigits = 16;
// GM/T 0009-2012, 10: the id of a signer who has agreed on no other.
constexpr std::string_view kSm2SignerId = "1234567812345678";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Key = std::shared_ptr<EVP_PKEY>;

Key Own(EVP_PKEY* key) { return Key(key, &EVP_PKEY_free); }

Bio NewBio() {
  Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  MustHold(bio != nullptr, "BIO_new");
  return bio;
}

Context NewContext() {
  Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  MustHold(context != nullptr, "EVP_MD_CTX_new");
  return context;
}

absl::Status Unusable(const std::filesystem::path& path, const std::string& why) {
  return Refusal{
      .code = absl::StatusCode::kFailedPrecondition,
      .reason = "KEY_FILE_UNUSABLE",
      .en = absl::StrCat("The key file ", path.string(), " cannot be used: ", why),
      .zh = absl::StrCat("密钥文件 ", path.string(), " 无法使用：", why),
  }
      .ToStatus();
}

absl::Status Exists(const std::filesystem::path& path) {
  return Refusal{
      .code = absl::StatusCode::kAlreadyExists,
      .reason = "KEY_FILE_EXISTS",
      .en = absl::StrCat("The key file ", path.string(), " is there already; a key is never overwritten."),
      .zh = absl::StrCat("密钥文件 ", path.string(), " 已存在；密钥不会被覆盖"),
  }
      .ToStatus();
}

// No password is asked for: a file that wants one is refused.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) { return -1; }

std::optional<KeyKind> KindOf(const Key& key) {
  if (EVP_PKEY_is_a(key.get(), "ED25519") == 1) return KeyKind::kEd25519;
  if (EVP_PKEY_is_a(key.get(), "SM2") == 1) return KeyKind::kSm2;
  return std::nullopt;
}

// The key that `read` (a PEM function of OpenSSL) finds in the file.
template <class Read>
absl::StatusOr<Key> ReadKey(const std::filesystem::path& path, Read read) {
  const absl::StatusOr<std::string> pem = ReadSmallFile(path);
  if (!pem.ok()) return Unusable(path, std::string(pem.status().message()));
  const Bio bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())), &BIO_free);
  MustHold(bio != nullptr, "BIO_new_mem_buf");
  const ErrorQueueMark mark;
  Key key = Own(read(bio.get(), nullptr, &NoPassword, nullptr));
  if (key == nullptr) return Unusable(path, "it holds no such key in PEM, or one with a password");
  if (!KindOf(key)) return Unusable(path, "its key is neither an Ed25519 key nor an SM2 key");
  return key;
}

template <class Read>
absl::StatusOr<Key> ReadEd25519Key(const std::filesystem::path& path, Read read) {
  ASSIGN_OR_RETURN(Key key, ReadKey(path, read));
  if (KindOf(key) != KeyKind::kEd25519) return Unusable(path, "its key is not an Ed25519 key");
  return key;
}

std::string ToString(const Bio& bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

std::string RawPublicKey(const Key& key) {
  unsigned char* encoded = nullptr;
  std::size_t size = 0;
  if (KindOf(key) == KeyKind::kSm2) {
    size = EVP_PKEY_get1_encoded_public_key(key.get(), &encoded);
    MustHold(size > 0, "EVP_PKEY_get1_encoded_public_key");
    std::string raw(reinterpret_cast<const char*>(encoded), size);
    OPENSSL_free(encoded);
    return raw;
  }
  MustHold(EVP_PKEY_get_raw_public_key(key.get(), nullptr, &size) == 1, "EVP_PKEY_get_raw_public_key");
  std::string raw(size, '\0');
  MustHold(EVP_PKEY_get_raw_public_key(key.get(), Out(raw), &size) == 1, "EVP_PKEY_get_raw_public_key");
  return raw;
}

std::string KidOf(const Key& key) { return Sha256Hex(RawPublicKey(key)).substr(0, kKidDigits); }

// The same key without its private part, so that who can only verify cannot sign.
Key PublicPartOf(const Key& key) {
  const Bio pem = NewBio();
  MustHold(PEM_write_bio_PUBKEY(pem.get(), key.get()) == 1, "PEM_write_bio_PUBKEY");
  Key part = Own(PEM_read_bio_PUBKEY(pem.get(), nullptr, nullptr, nullptr));
  MustHold(part != nullptr, "PEM_read_bio_PUBKEY");
  return part;
}

// What SM2 needs to know beside the key, set after the context was begun with it.
void NameSigner(EVP_PKEY_CTX* context) {
  MustHold(EVP_PKEY_CTX_set1_id(context, kSm2SignerId.data(), static_cast<int>(kSm2SignerId.size())) == 1,
           "EVP_PKEY_CTX_set1_id");
}

absl::Status WriteFile(const std::filesystem::path& path, const Bio& pem, mode_t mode) {
  const absl::Status written = CreateFile(path, ToString(pem), mode);
  if (absl::IsAlreadyExists(written)) return Exists(path);
  if (!written.ok()) return Unusable(path, std::string(written.message()));
  return absl::OkStatus();
}

}  // namespace

VerifyingKey::VerifyingKey(std::shared_ptr<evp_pkey_st> key)
    : key_(std::move(key)), kind_(KindOf(key_).value()), kid_(KidOf(key_)) {}

absl::StatusOr<VerifyingKey> VerifyingKey::FromPemFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(Key key, ReadEd25519Key(path, &PEM_read_bio_PUBKEY));
  return VerifyingKey(std::move(key));
}

absl::StatusOr<VerifyingKey> VerifyingKey::OfAnyKindFromPemFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(Key key, ReadKey(path, &PEM_read_bio_PUBKEY));
  return VerifyingKey(std::move(key));
}

absl::Status VerifyingKey::WritePemFile(const std::filesystem::path& path) const {
  const Bio pem = NewBio();
  MustHold(PEM_write_bio_PUBKEY(pem.get(), key_.get()) == 1, "PEM_write_bio_PUBKEY");
  return WriteFile(path, pem, kForAll);
}

bool VerifyingKey::Verify(std::string_view message, std::string_view signature) const {
  const ErrorQueueMark mark;
  const Context context = NewContext();
  EVP_PKEY_CTX* of_key = nullptr;  // owned by `context`
  const EVP_MD* const digest = kind_ == KeyKind::kSm2 ? EVP_sm3() : nullptr;
  MustHold(EVP_DigestVerifyInit(context.get(), &of_key, digest, nullptr, key_.get()) == 1, "EVP_DigestVerifyInit");
  if (kind_ == KeyKind::kSm2) NameSigner(of_key);
  return EVP_DigestVerify(context.get(), In(signature), signature.size(), In(message), message.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)), public_part_(PublicPartOf(key_)) {}

SigningKey SigningKey::Generate(KeyKind kind) {
  Key key = Own(EVP_PKEY_Q_keygen(nullptr, nullptr, kind == KeyKind::kSm2 ? "SM2" : "ED25519"));
  MustHold(key != nullptr, "EVP_PKEY_Q_keygen");
  return SigningKey(std::move(key));
}

absl::StatusOr<SigningKey> SigningKey::FromPemFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(Key key, ReadEd25519Key(path, &PEM_read_bio_PrivateKey));
  return SigningKey(std::move(key));
}

absl::StatusOr<SigningKey> SigningKey::OfAnyKindFromPemFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(Key key, ReadKey(path, &PEM_read_bio_PrivateKey));
  return SigningKey(std::move(key));
}

absl::Status SigningKey::WritePemFile(const std::filesystem::path& path) const {
  const Bio pem = NewBio();
  MustHold(PEM_write_bio_PKCS8PrivateKey(pem.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
           "PEM_write_bio_PKCS8PrivateKey");
  return WriteFile(path, pem, kForOwner);
}

std::string SigningKey::Sign(std::string_view message) const {
  const Context context = NewContext();
  EVP_PKEY_CTX* of_key = nullptr;  // owned by `context`
  const EVP_MD* const digest = kind() == KeyKind::kSm2 ? EVP_sm3() : nullptr;
  MustHold(EVP_DigestSignInit(context.get(), &of_key, digest, nullptr, key_.get()) == 1, "EVP_DigestSignInit");
  if (kind() == KeyKind::kSm2) NameSigner(of_key);
  std::size_t size = 0;
  MustHold(EVP_DigestSign(context.get(), nullptr, &size, In(message), message.size()) == 1, "EVP_DigestSign");
  std::string signature(size, '\0');
  MustHold(EVP_DigestSign(context.get(), Out(signature), &size, In(message), message.size()) == 1, "EVP_DigestSign");
  signature.resize(size);
  return signature;
}

}  // namespace jiebang::token
