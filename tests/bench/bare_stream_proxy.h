// The yardstick of the gateway's streams: every stream goes to one backend, message by message, both ways.
#ifndef JIEBANG_TESTS_BENCH_BARE_STREAM_PROXY_H_
#define JIEBANG_TESTS_BENCH_BARE_STREAM_PROXY_H_

#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace jiebang::bench {

// Accepts streams from now on, on the queue's thread; all outlive the streams.
void ForwardStreams(grpc::AsyncGenericService& service, grpc::GenericStub& stub, grpc::ServerCompletionQueue& queue,
                    int slots);

}  // namespace jiebang::bench

#endif  // JIEBANG_TESTS_BENCH_BARE_STREAM_PROXY_H_
