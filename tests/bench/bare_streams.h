// The yardstick of a service's streams: every message of the caller is answered with the same bytes.
#ifndef JIEBANG_TESTS_BENCH_BARE_STREAMS_H_
#define JIEBANG_TESTS_BENCH_BARE_STREAMS_H_

#include <string>

#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/service_type.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::bench {

// To be registered with a server. Its streams live on one completion queue, on that queue's thread.
class BareStreams final : public grpc::Service {
 public:
  explicit BareStreams(const std::string& answer);

  // Accepts streams from now on, on the queue's thread.
  void AcceptOn(grpc::ServerCompletionQueue& queue, int slots);

 private:
  class Stream;

  const grpc::Slice answer_;
};

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_BARE_STREAMS_H_
