// An authority that signs certificates for tests.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_TESTING_AUTHORITY_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_TESTING_AUTHORITY_H_

#include <memory>
#include <string>

#include "common/token/openssl.h"
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace jiebang::gateway {

struct PemPair {
  std::string certificate;
  std::string key;
};

class Authority {
 public:
  explicit Authority(const std::string& name)
      : name_(name), certificate_(NewCertificate(name, *key_, /*is_authority=*/true)) {}

  static std::string Pem(const X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(bio.get(), &certificate);
    return Text(bio.get());
  }

  std::string pem() const { return Pem(*certificate_); }

  // A P-256 key with a certificate for it.
  PemPair Issue(const std::string& name) const {
    const Key key = NewKey();
    return {.certificate = Pem(*NewCertificate(name, *key, /*is_authority=*/false)), .key = Pem(*key)};
  }

 private:
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
  using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
  using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

  static Key NewKey() { return Key(EVP_EC_gen("P-256"), &EVP_PKEY_free); }

  static void Name(X509_NAME* subject, const std::string& name) {
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, token::In(name), -1, -1, 0);
  }

  Certificate NewCertificate(const std::string& name, EVP_PKEY& key, bool is_authority) const {
    Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    Name(X509_get_subject_name(certificate.get()), name);
    Name(X509_get_issuer_name(certificate.get()), name_);
    X509_set_pubkey(certificate.get(), &key);
    X509_EXTENSION* const constraints =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, is_authority ? "critical,CA:TRUE" : "CA:FALSE");
    X509_add_ext(certificate.get(), constraints, -1);
    X509_EXTENSION_free(constraints);
    X509_sign(certificate.get(), key_.get(), EVP_sha256());
    return certificate;
  }

  static std::string Text(BIO* bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);  // NOLINT: OpenSSL's own type
    return std::string(text, static_cast<std::size_t>(size));
  }
  static std::string Pem(EVP_PKEY& key) {
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
    return Text(bio.get());
  }

  const std::string name_;
  const Key key_ = NewKey();
  const Certificate certificate_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_TESTING_AUTHORITY_H_
