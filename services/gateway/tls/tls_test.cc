// What is served and who is let in, without a socket. The gRPC port and the reload under load are tested end to end
// (tests/e2e/test_tls.py).
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/tls/current_certificate.h"
#include "services/gateway/tls/testing/authority.h"
#include <openssl/bio.h>
#include <openssl/ssl.h>

namespace jiebang::gateway {
namespace {

auto IsUnusable() { return IsRefusal(absl::StatusCode::kFailedPrecondition, "TLS_FILE_UNUSABLE"); }

// How a client comes: what it offers, and with which certificate.
struct Visitor {
  int version = TLS1_3_VERSION;
  std::string ciphers;           // of TLS 1.2; empty: OpenSSL's
  std::string protocols;         // of ALPN, as on the wire
  const PemPair* own = nullptr;  // none: it brings no certificate
};

struct Visit {
  bool stands = false;          // the handshake came to its end on both sides
  std::string shown;            // PEM of the server's certificate
  std::string brought;          // PEM of the client's, as the server sees it
  std::string protocol;         // that ALPN agreed on
  bool can_be_resumed = false;  // the server gave a ticket or kept the session
};

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Connection = std::unique_ptr<SSL, decltype(&SSL_free)>;

Context ContextOf(const Visitor& visitor) {
  Context context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);  // else OpenSSL itself would not speak what the server is to refuse
  SSL_CTX_set_min_proto_version(context.get(), visitor.version);
  SSL_CTX_set_max_proto_version(context.get(), visitor.version);
  if (!visitor.ciphers.empty()) SSL_CTX_set_cipher_list(context.get(), visitor.ciphers.c_str());
  if (visitor.own != nullptr) {
    boost::asio::ssl::context adopted(context.release());
    adopted.use_certificate_chain(boost::asio::buffer(visitor.own->certificate));
    adopted.use_private_key(boost::asio::buffer(visitor.own->key), boost::asio::ssl::context::pem);
    SSL_CTX_up_ref(adopted.native_handle());
    context.reset(adopted.native_handle());
  }
  return context;
}

// What the other side showed; empty: nothing.
std::string ShownTo(const Connection& side) {
  const X509* const certificate = SSL_get0_peer_certificate(side.get());
  return certificate == nullptr ? "" : Authority::Pem(*certificate);
}

Visit Connect(SSL_CTX* server_context, const Visitor& visitor) {
  const Context client_context = ContextOf(visitor);
  const Connection server(SSL_new(server_context), &SSL_free);
  const Connection client(SSL_new(client_context.get()), &SSL_free);
  BIO* one = nullptr;
  BIO* other = nullptr;
  BIO_new_bio_pair(&one, 1 << 16, &other, 1 << 16);
  SSL_set_bio(server.get(), one, one);
  SSL_set_bio(client.get(), other, other);
  SSL_set_accept_state(server.get());
  SSL_set_connect_state(client.get());
  SSL_set_alpn_protos(client.get(), token::In(visitor.protocols), static_cast<unsigned>(visitor.protocols.size()));
  constexpr int kEnoughTurns = 10;
  bool client_is_through = false;
  bool server_is_through = false;
  for (int turn = 0; turn < kEnoughTurns; ++turn) {
    client_is_through = SSL_do_handshake(client.get()) == 1;
    server_is_through = SSL_do_handshake(server.get()) == 1;
  }
  Visit visit{.stands = client_is_through && server_is_through};
  if (!visit.stands) return visit;
  char nothing[1];
  SSL_read(client.get(), nothing, sizeof nothing);  // takes in the tickets of TLS 1.3
  visit.shown = ShownTo(client);
  visit.brought = ShownTo(server);
  visit.can_be_resumed = SSL_SESSION_is_resumable(SSL_get_session(client.get())) == 1;
  const unsigned char* protocol = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(client.get(), &protocol, &length);
  visit.protocol.assign(reinterpret_cast<const char*>(protocol), length);
  return visit;
}

class TlsTest : public testing::Test {
 protected:
  void Write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path) << text; }
  void WritePair(const PemPair& pair) {
    Write(files_.certificate, pair.certificate);
    Write(files_.key, pair.key);
  }
  // Looks at the files when it is told to.
  std::unique_ptr<CurrentCertificate> Watch() {
    return *CurrentCertificate::Watch(files_, /*interval=*/absl::InfiniteDuration());
  }
  static Visit Connect(const CurrentCertificate& current, const Visitor& visitor = {}) {
    return gateway::Connect(current.http_contexts()()->native_handle(), visitor);
  }
  static bool ComesToServe(const CurrentCertificate& current, const PemPair& pair) {
    const absl::Time last_moment = absl::Now() + absl::Seconds(10);
    while (Connect(current).shown != pair.certificate) {
      if (absl::Now() > last_moment) return false;
      std::this_thread::yield();
    }
    return true;
  }

  const TemporaryDirectory directory_;
  const Authority authority_{"authority"};
  const PemPair first_ = authority_.Issue("gateway");
  const PemPair second_ = authority_.Issue("gateway");
  CertificateFiles files_{.certificate = directory_.path() / "tls.crt", .key = directory_.path() / "tls.key"};
};

TEST_F(TlsTest, ShowsTheCertificateOfTheFiles) {
  WritePair(first_);
  EXPECT_EQ(Connect(*Watch()).shown, first_.certificate);
}

TEST_F(TlsTest, TakesUpARenewedCertificateAndLeavesStandingConnectionsAlone) {
  WritePair(first_);
  const auto current = *CurrentCertificate::Watch(files_, /*interval=*/absl::Milliseconds(1));
  const std::shared_ptr<boost::asio::ssl::context> of_standing_connection = current->http_contexts()();
  WritePair(second_);
  EXPECT_TRUE(ComesToServe(*current, second_));
  EXPECT_EQ(gateway::Connect(of_standing_connection->native_handle(), {}).shown, first_.certificate);
}

TEST_F(TlsTest, KeepsItsCertificateWhileTheFilesAreWrongAndSaysSoOnce) {
  WritePair(first_);
  const auto current = Watch();
  testing::internal::CaptureStderr();
  Write(files_.certificate, second_.certificate);
  for (int look = 0; look < 3; ++look) {
    current->Look();
    EXPECT_EQ(Connect(*current).shown, first_.certificate);
  }
  Write(files_.key, second_.key);
  current->Look();
  EXPECT_EQ(Connect(*current).shown, second_.certificate);
  EXPECT_EQ(
      testing::internal::GetCapturedStderr(),
      "gateway: keeps its TLS certificate: The TLS key is not the key of the certificate. (key values mismatch)\n");
}

TEST_F(TlsTest, SaysNothingOfAPairThatIsHalfWrittenForAMoment) {
  WritePair(first_);
  const auto current = Watch();
  testing::internal::CaptureStderr();
  Write(files_.certificate, second_.certificate);
  current->Look();
  Write(files_.key, second_.key);
  current->Look();
  EXPECT_EQ(Connect(*current).shown, second_.certificate);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(TlsTest, RefusesToStartWithWhatCannotBeServed) {
  EXPECT_THAT(CurrentCertificate::Watch(files_).status(), IsUnusable());
  WritePair({.certificate = first_.certificate, .key = second_.key});
  EXPECT_THAT(CurrentCertificate::Watch(files_).status(), IsUnusable());
  WritePair({.certificate = first_.key, .key = first_.key});
  EXPECT_THAT(CurrentCertificate::Watch(files_).status(), IsUnusable());
  WritePair({.certificate = first_.certificate, .key = "no key"});
  EXPECT_THAT(CurrentCertificate::Watch(files_).status(), IsUnusable());
  WritePair(first_);
  files_.client_ca = directory_.path() / "ca.crt";
  for (const std::string& ca :
       {std::string(), std::string("no certificate"), authority_.pem() + authority_.pem().substr(0, 200)}) {
    Write(files_.client_ca, ca);
    EXPECT_THAT(CurrentCertificate::Watch(files_).status(), IsUnusable()) << ca;
  }
}

TEST_F(TlsTest, SpeaksNothingBelowTls12) {
  WritePair(first_);
  const auto current = Watch();
  EXPECT_TRUE(Connect(*current, {.version = TLS1_3_VERSION}).stands);
  EXPECT_TRUE(Connect(*current, {.version = TLS1_2_VERSION}).stands);
  EXPECT_FALSE(Connect(*current, {.version = TLS1_1_VERSION}).stands);
}

TEST_F(TlsTest, SpeaksNoCipherWithoutForwardSecrecyAndAuthentication) {
  WritePair(first_);
  const auto current = Watch();
  const auto stands = [&](const char* cipher) {
    return Connect(*current, {.version = TLS1_2_VERSION, .ciphers = cipher}).stands;
  };
  EXPECT_TRUE(stands("ECDHE-ECDSA-AES128-GCM-SHA256"));
  EXPECT_TRUE(stands("ECDHE-ECDSA-AES256-GCM-SHA384"));
  EXPECT_FALSE(stands("ECDHE-ECDSA-AES128-SHA"));
  EXPECT_FALSE(stands("ECDHE-ECDSA-AES256-CCM"));
  EXPECT_FALSE(stands("ECDHE-ECDSA-CHACHA20-POLY1305"));
}

TEST_F(TlsTest, AgreesOnHttp11AndOnNothingElse) {
  WritePair(first_);
  const auto current = Watch();
  EXPECT_EQ(Connect(*current, {.protocols = "\x02h2\x08http/1.1"}).protocol, "http/1.1");
  EXPECT_TRUE(Connect(*current).stands);
  EXPECT_FALSE(Connect(*current, {.protocols = "\x02h2"}).stands);
}

TEST_F(TlsTest, ResumesNoSession) {
  WritePair(first_);
  const auto current = Watch();
  EXPECT_FALSE(Connect(*current, {.version = TLS1_3_VERSION}).can_be_resumed);
  EXPECT_FALSE(Connect(*current, {.version = TLS1_2_VERSION}).can_be_resumed);
}

TEST_F(TlsTest, VerifiesTheCertificateOfAClientThatBringsOne) {
  WritePair(first_);
  files_.client_ca = directory_.path() / "ca.crt";
  Write(files_.client_ca, Authority("another").pem() + authority_.pem());
  const auto current = Watch();
  const PemPair client = authority_.Issue("platform");
  const PemPair stranger = Authority("authority").Issue("platform");  // of the same name, with another key
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    EXPECT_EQ(Connect(*current, {.version = version, .own = &client}).brought, client.certificate);
    EXPECT_FALSE(Connect(*current, {.version = version, .own = &stranger}).stands);
    EXPECT_TRUE(Connect(*current, {.version = version}).stands);
    EXPECT_EQ(Connect(*current, {.version = version}).brought, "");
  }
}

}  // namespace
}  // namespace jiebang::gateway
