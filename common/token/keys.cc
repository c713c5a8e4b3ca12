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
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace jiebang::token {
namespace {

constexpr std::size_t kKidDigits = 16;
// RFC 7518, 3.3: at least 2048. A check of a signature takes longer with every bit.
constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
constexpr std::size_t kMostExponentBytes = 8;
// GM/T 0009-2012, 10: the id of a signer who has agreed on no other.
constexpr std::string_view kSm2SignerId = "1234567812345678";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Key = std::shared_ptr<EVP_PKEY>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

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

Number NumberOf(std::string_view big_endian) {
  Number number(BN_bin2bn(In(big_endian), static_cast<int>(big_endian.size()), nullptr), &BN_free);
  MustHold(number != nullptr, "BN_bin2bn");
  return number;
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
  if (EVP_PKEY_is_a(key.get(), "RSA") == 1) return KeyKind::kRsa;
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
  const std::optional<KeyKind> kind = KindOf(key);
  if (kind != KeyKind::kEd25519 && kind != KeyKind::kSm2)
    return Unusable(path, "its key is neither an Ed25519 key nor an SM2 key");
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
  if (KindOf(key) == KeyKind::kRsa) {
    const int bytes = i2d_PUBKEY(key.get(), &encoded);
    MustHold(bytes > 0, "i2d_PUBKEY");
    std::string raw(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(bytes));
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

// Of the message, before it is signed; null: the message is signed as it is.
const EVP_MD* DigestFor(KeyKind kind) {
  if (kind == KeyKind::kSm2) return EVP_sm3();
  return kind == KeyKind::kRsa ? EVP_sha256() : nullptr;
}

absl::Status CheckForTokens(const Key& key) {
  if (key == nullptr) return absl::InvalidArgumentError("it is no public key");
  const std::optional<KeyKind> kind = KindOf(key);
  if (kind == KeyKind::kEd25519) return absl::OkStatus();
  if (kind != KeyKind::kRsa) return absl::InvalidArgumentError("it is neither an Ed25519 key nor an RSA key");
  const int bits = EVP_PKEY_get_bits(key.get());
  if (bits < kLeastRsaBits || bits > kMostRsaBits) {
    return absl::InvalidArgumentError(
        absl::StrCat("its RSA key has ", bits, " bits; want ", kLeastRsaBits, " to ", kMostRsaBits));
  }
  return absl::OkStatus();
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

absl::StatusOr<VerifyingKey> VerifyingKey::ForTokensFromPem(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  MustHold(bio != nullptr, "BIO_new_mem_buf");
  const ErrorQueueMark mark;
  Key key = Own(PEM_read_bio_PUBKEY(bio.get(), nullptr, &NoPassword, nullptr));
  RETURN_IF_ERROR(CheckForTokens(key));
  return VerifyingKey(std::move(key));
}

absl::StatusOr<VerifyingKey> VerifyingKey::Ed25519FromBytes(std::string_view bytes) {
  const ErrorQueueMark mark;
  Key key = Own(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, In(bytes), bytes.size()));
  RETURN_IF_ERROR(CheckForTokens(key));
  return VerifyingKey(std::move(key));
}

absl::StatusOr<VerifyingKey> VerifyingKey::RsaFromNumbers(std::string_view modulus, std::string_view exponent) {
  if (modulus.size() > kMostRsaBits / 8 || exponent.empty() || exponent.size() > kMostExponentBytes) {
    return absl::InvalidArgumentError("its modulus or exponent is too long, or missing");
  }
  const ErrorQueueMark mark;
  const Number n = NumberOf(modulus);
  const Number e = NumberOf(exponent);
  if (BN_is_odd(n.get()) == 0 || BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) == 1) {
    return absl::InvalidArgumentError("its modulus or exponent is even, or 1");
  }
  const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                &OSSL_PARAM_BLD_free);
  MustHold(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
               OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1,
           "OSSL_PARAM_BLD_push_BN");
  const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(OSSL_PARAM_BLD_to_param(builder.get()),
                                                                           &OSSL_PARAM_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), &EVP_PKEY_CTX_free);
  EVP_PKEY* made = nullptr;
  MustHold(context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1, "EVP_PKEY_fromdata_init");
  EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get());
  Key key = Own(made);
  RETURN_IF_ERROR(CheckForTokens(key));
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
  const EVP_MD* const digest = DigestFor(kind_);
  MustHold(EVP_DigestVerifyInit(context.get(), &of_key, digest, nullptr, key_.get()) == 1, "EVP_DigestVerifyInit");
  if (kind_ == KeyKind::kSm2) NameSigner(of_key);
  return EVP_DigestVerify(context.get(), In(signature), signature.size(), In(message), message.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)), public_part_(PublicPartOf(key_)) {}

SigningKey SigningKey::Generate(KeyKind kind) {
  Key key =
      Own(kind == KeyKind::kRsa ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(kLeastRsaBits))
                                : EVP_PKEY_Q_keygen(nullptr, nullptr, kind == KeyKind::kSm2 ? "SM2" : "ED25519"));
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
  const EVP_MD* const digest = DigestFor(kind());
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
