#include "services/gateway/identity/certificate.h"

#include <time.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/token/digest.h"
#include "common/token/openssl.h"
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace jiebang::gateway {
namespace {

constexpr std::size_t kLongestPem = 32 << 10;
constexpr std::string_view kBegin = "-----BEGIN";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X509Owner = std::unique_ptr<X509, decltype(&X509_free)>;

// What one of OpenSSL's i2d functions writes of `object`.
template <class Object, class Write>
std::string DerOf(const Object* object, Write write) {
  unsigned char* bytes = nullptr;
  const int size = write(object, &bytes);
  token::MustHold(size > 0, "i2d");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

// OpenSSL's own asks at the terminal, and the call would wait for an answer.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*context*/) { return -1; }

std::string NameOf(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  token::MustHold(bio != nullptr, "BIO_new");
  // Without ASN1_STRFLGS_ESC_MSB a Chinese name is readable.
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

std::vector<std::string> AltNamesOf(const X509& certificate) {
  std::vector<std::string> found;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free);
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_URI) continue;
    const ASN1_IA5STRING* const text = name->type == GEN_DNS ? name->d.dNSName : name->d.uniformResourceIdentifier;
    // With a NUL in it, it would read as another name than the authority vouched for; std::string compares all of it.
    const absl::string_view value(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                  static_cast<std::size_t>(ASN1_STRING_length(text)));
    found.push_back(absl::StrCat(name->type == GEN_DNS ? "DNS:" : "URI:", value));
  }
  return found;
}

absl::StatusOr<absl::Time> TimeOf(const ASN1_TIME* time) {
  struct tm parts = {};
  if (ASN1_TIME_to_tm(time, &parts) != 1)
    return absl::InvalidArgumentError("the certificate's validity cannot be read");
  return absl::FromTimeT(::timegm(&parts));
}

}  // namespace

absl::StatusOr<Certificate> Certificate::FromPem(std::string_view pem) {
  if (pem.size() > kLongestPem) return absl::InvalidArgumentError("the certificate is too long");
  const std::size_t begin = pem.find(kBegin);
  if (begin != pem.rfind(kBegin)) return absl::InvalidArgumentError("there is more than one certificate");
  const token::ErrorQueueMark mark;
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  token::MustHold(bio != nullptr, "BIO_new_mem_buf");
  const X509Owner certificate(PEM_read_bio_X509(bio.get(), nullptr, &NoPassphrase, nullptr), &X509_free);
  if (certificate == nullptr) return absl::InvalidArgumentError("there is no certificate in PEM");
  const absl::StatusOr<absl::Time> begins = TimeOf(X509_get0_notBefore(certificate.get()));
  const absl::StatusOr<absl::Time> ends = TimeOf(X509_get0_notAfter(certificate.get()));
  if (!begins.ok()) return begins.status();
  if (!ends.ok()) return ends.status();
  const auto write_certificate = [](const X509* from, unsigned char** to) { return i2d_X509(from, to); };
  const auto write_key = [](const X509_PUBKEY* from, unsigned char** to) { return i2d_X509_PUBKEY(from, to); };
  return Certificate{
      .fingerprint = token::Sha256Hex(DerOf(certificate.get(), write_certificate)),
      .spki_sha256 = token::Sha256Hex(DerOf(X509_get_X509_PUBKEY(certificate.get()), write_key)),
      .issuer = NameOf(X509_get_issuer_name(certificate.get())),
      .alt_names = AltNamesOf(*certificate),
      .begins = *begins,
      .ends = *ends,
  };
}

}  // namespace jiebang::gateway
